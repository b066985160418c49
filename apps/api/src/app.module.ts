import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { AnswerInterceptor } from './common/http/answer.interceptor.js';
import { IdempotencyInterceptor } from './common/http/idempotency.interceptor.js';
import { loggerModule } from './common/http/logging.js';
import { ProblemFilter } from './common/http/problem.filter.js';
import { Config } from './config.js';
import { DatabaseModule } from './database/database.module.js';
import { AuditModule } from './modules/audit/audit.module.js';
import { IdentityModule } from './modules/identity/identity.module.js';
import { LiveModule } from './modules/live/live.module.js';

@Global()
@Module({})
class ConfigModule {
  static of(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] };
  }
}

/** Outermost first: what leaves is filtered by schema; inside that, a repeated request gets its first answer. */
@Module({
  imports: [DatabaseModule, AuditModule, IdentityModule, LiveModule],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
})
export class AppModule {
  static of(config: Config): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.of(config), loggerModule(config.logLevel)] };
  }
}
