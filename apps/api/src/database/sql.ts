import type { z } from 'zod';

/** What can run SQL: a transaction's manager or the data source itself. */
export interface Queryable {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/**
 * Runs SQL and parses its rows. TypeORM answers UPDATE and DELETE with [rows, count] and everything else with rows;
 * this hides the difference, so that `RETURNING` reads like a SELECT.
 */
export async function rows<T extends z.ZodType>(
  db: Queryable,
  schema: T,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<z.output<T>[]> {
  const raw = await db.query(sql, [...parameters]);
  return recordsOf(raw).map((row) => schema.parse(row));
}

/** The first row, or undefined where there is none. */
export async function firstRow<T extends z.ZodType>(
  db: Queryable,
  schema: T,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<z.output<T> | undefined> {
  return (await rows(db, schema, sql, parameters))[0];
}

/** Runs an UPDATE, DELETE or INSERT ... RETURNING and says how many rows it touched. */
export async function affected(db: Queryable, sql: string, parameters: readonly unknown[] = []): Promise<number> {
  const raw = await db.query(sql, [...parameters]);
  if (isCounted(raw)) return raw[1];
  return Array.isArray(raw) ? raw.length : 0;
}

function recordsOf(raw: unknown): readonly unknown[] {
  if (isCounted(raw)) return raw[0];
  return Array.isArray(raw) ? raw : [];
}

function isCounted(raw: unknown): raw is [unknown[], number] {
  return Array.isArray(raw) && raw.length === 2 && Array.isArray(raw[0]) && typeof raw[1] === 'number';
}
