import { z } from 'zod';
import { bytesOf, wordColumn } from '../../common/rows.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import type { ChainFullBlock } from './chain/chain.js';
import { rawTransaction } from './chain/raw-transaction.js';
import type { Word } from './register.js';

/**
 * The journal: every block with its time and the signed bytes in it, in order. A local chain forgets everything when it
 * stops; replaying the journal onto an empty one makes the same blocks with the same hashes.
 */

const word = z.instanceof(Buffer).transform((bytes): Word => `0x${bytes.toString('hex')}`);
const RawRow = z.object({ hash: wordColumn, raw: word });
const BlockRow = z.object({
  number: z.coerce.number().int(),
  hash: wordColumn,
  timestamp: z.coerce.number().int(),
  raws: z.array(z.string()).transform((list) => list.map((hex): Word => `0x${hex}`)),
});

export type JournalBlock = z.output<typeof BlockRow>;

/** Blocks of the journal per read while replaying. */
const PAGE = 500;

/** Writes a block. The bytes are our own where we sent them, else rebuilt from the node's answer and checked by hash. */
export async function writeBlock(db: Queryable, block: ChainFullBlock, withTransactions: boolean): Promise<void> {
  await db.query('INSERT INTO ops.block (number, hash, parent_hash, timestamp) VALUES ($1, $2, $3, $4)', [
    block.number,
    bytesOf(block.hash),
    bytesOf(block.parentHash),
    block.timestamp,
  ]);
  if (!withTransactions || block.transactions.length === 0) return;
  const hashes = block.transactions.map((transaction) => bytesOf(transaction.hash));
  const ours = await rows(
    db,
    RawRow,
    `SELECT transaction_hash AS hash, signed_transaction AS raw FROM ops.operation WHERE transaction_hash = ANY($1)`,
    [hashes],
  );
  const known = new Map(ours.map((row) => [row.hash, row.raw]));
  const raws = block.transactions.map((transaction) => known.get(transaction.hash) ?? rawTransaction(transaction));
  await db.query(
    `INSERT INTO ops.block_transaction (block_number, position, hash, raw)
     SELECT $1, p, h, r FROM unnest($2::int[], $3::bytea[], $4::bytea[]) AS x(p, h, r)`,
    [block.number, raws.map((_, position) => position), hashes, raws.map(bytesOf)],
  );
}

/** Blocks `from`..., in order, a page at a time. */
export async function* readBlocks(db: Queryable, from: number): AsyncGenerator<JournalBlock> {
  for (let next = from; ; ) {
    const page = await rows(
      db,
      BlockRow,
      `SELECT b.number, b.hash, b.timestamp,
              ARRAY(SELECT encode(t.raw, 'hex') FROM ops.block_transaction t WHERE t.block_number = b.number ORDER BY t.position) AS raws
         FROM ops.block b WHERE b.number >= $1 ORDER BY b.number LIMIT $2`,
      [next, PAGE],
    );
    for (const block of page) {
      yield block;
      next = block.number + 1;
    }
    if (page.length < PAGE) return;
  }
}

const HashRow = z.object({ hash: wordColumn });

/** The journaled hash of a block, or undefined where the journal does not reach. */
export async function journaledHash(db: Queryable, number: number): Promise<Word | undefined> {
  return (await firstRow(db, HashRow, 'SELECT hash FROM ops.block WHERE number = $1', [number]))?.hash;
}
