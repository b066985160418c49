import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Drops it and ends whoever is still connected; forgetting to is harmless, the server goes with the run. */
  drop(): Promise<void>;
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const connectionString = process.env.TEST_DATABASE_URL;
  if (!connectionString)
    throw new Error('No Postgres: name the file *.integration.spec.ts or put it into test/system.');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** An empty database of this test's own; the caller runs the migrations it wants. Names come from us only. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  // template0 is never connected to, so that creating from it cannot collide with another test doing the same.
  await asAdministrator((client) => client.query(`create database ${name} template template0`));
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: () =>
      asAdministrator(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}
