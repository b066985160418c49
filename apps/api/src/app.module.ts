import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { AnswerInterceptor } from './common/http/answer.interceptor.js';
import { IdempotencyInterceptor } from './common/http/idempotency.interceptor.js';
import { loggerModule } from './common/http/logging.js';
import { ProblemFilter } from './common/http/problem.filter.js';
import { Config } from './config.js';
import { DatabaseModule } from './database/database.module.js';
import { AuditModule } from './modules/audit/audit.module.js';
import { ConfirmationsModule } from './modules/confirmations/confirmations.module.js';
import { CreditModule } from './modules/credit/credit.module.js';
import { DemoModule } from './modules/demo/demo.module.js';
import { FinancingModule } from './modules/financing/financing.module.js';
import { IdentityModule } from './modules/identity/identity.module.js';
import { InvoicesModule } from './modules/invoices/invoices.module.js';
import { LedgerModule } from './modules/ledger/ledger.module.js';
import { LiveModule } from './modules/live/live.module.js';
import { MembersModule } from './modules/members/members.module.js';
import { OperationWaitInterceptor } from './modules/operations/operation-wait.interceptor.js';
import { OperationsModule } from './modules/operations/operations.module.js';
import { PayablesModule } from './modules/payables/payables.module.js';
import { PaymentsModule } from './modules/payments/payments.module.js';
import { RegisterModule } from './modules/register/register.module.js';

@Global()
@Module({})
class ConfigModule {
  static of(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] };
  }
}

/** Outermost first: what leaves is filtered by schema, an operation may be waited for, a repeated request gets its first answer. */
@Module({
  imports: [
    DatabaseModule,
    RegisterModule,
    LedgerModule,
    OperationsModule,
    AuditModule,
    IdentityModule,
    MembersModule,
    InvoicesModule,
    ConfirmationsModule,
    PayablesModule,
    CreditModule,
    FinancingModule,
    PaymentsModule,
    LiveModule,
    DemoModule,
  ],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
    { provide: APP_INTERCEPTOR, useClass: OperationWaitInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
})
export class AppModule {
  static of(config: Config): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.of(config), loggerModule(config.logLevel)] };
  }
}
