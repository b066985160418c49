import { DataSource, type DataSourceOptions } from 'typeorm';
import { Ops1764000000001 } from './migrations/1764000000001-ops.js';
import { Register1764000000002 } from './migrations/1764000000002-register.js';
import { App1764000000003 } from './migrations/1764000000003-app.js';

/** In the order in which they run. A merged migration is never edited. */
export const MIGRATIONS = [Ops1764000000001, Register1764000000002, App1764000000003];

/** Largest number of connections of one process; Postgres allows 100 by default and several processes share them. */
const POOL_SIZE = 20;

/** Any number, as long as nothing else in this database takes it. */
const MIGRATION_LOCK = 7_214_001;

export function dataSourceOptions(databaseUrl: string): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    applicationName: 'headwater',
    migrations: MIGRATIONS,
    migrationsTableName: 'headwater_migration',
    migrationsTransactionMode: 'all',
    poolSize: POOL_SIZE,
    // A day read in another zone would be another day, so no session ever has a zone of its own.
    extra: { options: '-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000' },
  };
}

/** Connects and brings the schemas up to date. Several processes may start at once: one migrates, the others wait. */
export async function connect(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
  } catch (error) {
    await dataSource.destroy().catch(() => undefined);
    throw error;
  } finally {
    if (!runner.isReleased) {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
      await runner.release();
    }
  }
  return dataSource;
}

/** A connected, migrated data source for scripts and tests. */
export function createDataSource(databaseUrl: string): Promise<DataSource> {
  return connect(dataSourceOptions(databaseUrl));
}
