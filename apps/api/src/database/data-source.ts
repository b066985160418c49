import { DataSource, type DataSourceOptions } from 'typeorm';
import { Ops1764000000001 } from './migrations/1764000000001-ops.js';
import { Register1764000000002 } from './migrations/1764000000002-register.js';
import { App1764000000003 } from './migrations/1764000000003-app.js';
import { Grants1764000000009 } from './migrations/1764000000009-grants.js';

/** In the order in which they run. A merged migration is never edited. */
export const MIGRATIONS = [Ops1764000000001, Register1764000000002, App1764000000003, Grants1764000000009];

/** Largest number of connections of one process; Postgres allows 100 by default and several processes share them. */
const POOL_SIZE = 20;

/** Any number, as long as nothing else in this database takes it. */
const MIGRATION_LOCK = 7_214_001;

/** What a connection may do is granted to one of these roles by the last migration; the login user only switches. */
export type DatabaseRole = 'headwater_api' | 'headwater_indexer';

/** `role` absent: the login user itself, who owns the schemas; for migrations only. */
export function dataSourceOptions(databaseUrl: string, role?: DatabaseRole): DataSourceOptions {
  const settings = [
    // A day read in another zone would be another day, so no session ever has a zone of its own.
    'timezone=UTC',
    'statement_timeout=30000',
    'idle_in_transaction_session_timeout=60000',
    ...(role === undefined ? [] : [`role=${role}`]),
  ];
  return {
    type: 'postgres',
    url: databaseUrl,
    applicationName: role ?? 'headwater_migration',
    migrations: MIGRATIONS,
    migrationsTableName: 'headwater_migration',
    migrationsTransactionMode: 'all',
    poolSize: POOL_SIZE,
    extra: { options: settings.map((setting) => `-c ${setting}`).join(' ') },
  };
}

/** Brings the schemas up to date. Several processes may start at once: one migrates, the others wait. */
export async function migrate(databaseUrl: string): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl)).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
  } finally {
    // Closing the connection frees the lock, also where a migration failed.
    await runner.release();
    await dataSource.destroy();
  }
}

/** A migrated database, connected with the rights of `role`. */
export async function connect(databaseUrl: string, role: DatabaseRole): Promise<DataSource> {
  await migrate(databaseUrl);
  return new DataSource(dataSourceOptions(databaseUrl, role)).initialize();
}
