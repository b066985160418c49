import { DomainError } from '../errors.js';
import { IdSchema } from '../schemas.js';

/** Newest first by id: UUIDv7 ids sort by time, so the id alone is the place where a page ended. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor?: string;
}

/** An opaque cursor for the place after `key`. */
export function encodeCursor(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

/** Errors: REQUEST_INVALID for anything that was not given out as a cursor. */
export function decodeCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || encodeCursor(key) !== cursor) throw invalidCursor();
  return key;
}

/** The id after which to go on, or undefined on the first page: `WHERE id < $cursor ORDER BY id DESC LIMIT limit + 1`. */
export function cursorId(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const parsed = IdSchema.safeParse(decodeCursor(cursor));
  if (!parsed.success) throw invalidCursor();
  return parsed.data;
}

/** Makes a page of `limit` items out of the `limit + 1` rows that were read. */
export function pageOfRows<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  toItem: (row: Row) => Item,
): Page<Item> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const items = kept.map(toItem);
  return rows.length > limit && last !== undefined ? { items, nextCursor: encodeCursor(keyOf(last)) } : { items };
}

function invalidCursor(): DomainError {
  return new DomainError('REQUEST_INVALID', { issues: [{ path: 'cursor', message: 'not a cursor of this list' }] });
}
