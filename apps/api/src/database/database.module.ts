import {
  Global,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Config } from '../config.js';
import { connect } from './data-source.js';
import { forgetKeys } from './idempotency.js';
import { StoredClock } from './stored-clock.js';
import { UnitOfWork } from './unit-of-work.js';

const HOUR_MS = 3_600_000;

/** Closes the pool when the process stops, and forgets what is too old to be asked again. */
@Injectable()
class DatabaseCare implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('Database');
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#clean(), HOUR_MS);
    this.#timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  async #clean(): Promise<void> {
    try {
      await forgetKeys(this.dataSource);
    } catch (error) {
      this.#logger.warn({ err: error }, 'could not forget old idempotency keys');
    }
  }
}

/** The database, the clock stored in it and the one way to write. Global: every module needs them. */
@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [Config],
      useFactory: (config: Config) => connect(config.databaseUrl, 'headwater_api'),
    },
    {
      provide: StoredClock,
      inject: [DataSource],
      useFactory: async (dataSource: DataSource) => {
        const clock = new StoredClock(dataSource);
        await clock.reload();
        return clock;
      },
    },
    { provide: Clock, useExisting: StoredClock },
    UnitOfWork,
    DatabaseCare,
  ],
  exports: [DataSource, StoredClock, Clock, UnitOfWork],
})
export class DatabaseModule {}
