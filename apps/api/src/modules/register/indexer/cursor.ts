import { z } from 'zod';
import { bytesOf, wordColumn } from '../../../common/rows.js';
import { affected, firstRow, type Queryable } from '../../../database/sql.js';
import type { Word } from '../register.js';

const CursorRow = z.object({
  block_number: z.coerce.number().int(),
  block_hash: wordColumn.nullable(),
  halted: z.string().nullable(),
});

/** How far the projection has come: `number` -1 and no hash before the first block. */
export interface Cursor {
  readonly number: number;
  readonly hash: Word | undefined;
  readonly halted: string | undefined;
}

export async function readCursor(db: Queryable): Promise<Cursor> {
  const row = await firstRow(db, CursorRow, 'SELECT block_number, block_hash, halted FROM ops.cursor');
  if (row === undefined) throw new Error('ops.cursor has lost its row');
  return { number: row.block_number, hash: row.block_hash ?? undefined, halted: row.halted ?? undefined };
}

/** Somebody else moved the cursor: this process is not the writer any more and must not write. */
export class CursorTaken extends Error {}

/** Moves the cursor from exactly where this writer left it. Errors: CursorTaken. */
export async function moveCursor(db: Queryable, from: Cursor, to: { number: number; hash: Word }): Promise<Cursor> {
  const moved = await affected(
    db,
    `UPDATE ops.cursor SET block_number = $1, block_hash = $2 WHERE block_number = $3 AND block_hash IS NOT DISTINCT FROM $4`,
    [to.number, bytesOf(to.hash), from.number, from.hash === undefined ? null : bytesOf(from.hash)],
  );
  if (moved !== 1) throw new CursorTaken('another process moved the cursor');
  return { ...to, halted: undefined };
}

export async function halt(db: Queryable, reason: string): Promise<void> {
  await db.query('UPDATE ops.cursor SET halted = $1', [reason]);
}

export async function clearHalt(db: Queryable): Promise<void> {
  await db.query('UPDATE ops.cursor SET halted = NULL WHERE halted IS NOT NULL');
}
