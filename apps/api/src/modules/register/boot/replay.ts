import type { Queryable } from '../../../database/sql.js';
import { type Chain, hex } from '../chain/chain.js';
import { type JournalBlock, readBlocks } from '../journal.js';
import { RegisterRefusal } from '../register.config.js';

/** Blocks in one message to the node: four times as fast as one message a request. */
const BATCH_BLOCKS = 50;
/** Nodes bound the size of a message. */
const BATCH_BYTES = 500_000;

type Request = { readonly method: string; readonly params: readonly unknown[] };

/**
 * Rebuilds a local chain from the journal, block by block: same time, same signed bytes, same order, empty blocks too.
 * After every batch the hash must be the recorded one, which contains all before it. Answers with the number of blocks
 * made. Errors: RegisterRefusal.
 */
export async function replay(db: Queryable, chain: Chain, from: number): Promise<number> {
  let made = 0;
  let batch: JournalBlock[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const last = batch.at(-1);
    if (last === undefined) return;
    // Answers are not looked at: a transaction that was reverted in its time is reverted again, which a node that mines
    // at once answers with an error. Whatever else went wrong shows in the hash.
    await chain.rpc.inOrder(batch.flatMap(requestsOf));
    await requireSame(chain, last);
    made += batch.length;
    batch = [];
    bytes = 0;
  };
  for await (const block of readBlocks(db, from)) {
    batch.push(block);
    bytes += block.raws.reduce((sum, raw) => sum + raw.length, 0);
    if (batch.length >= BATCH_BLOCKS || bytes >= BATCH_BYTES) await flush();
  }
  await flush();
  return made;
}

function requestsOf(block: JournalBlock): Request[] {
  const time: Request = { method: 'evm_setNextBlockTimestamp', params: [hex(block.timestamp)] };
  const mine: Request = { method: 'evm_mine', params: [] };
  const sends = block.raws.map((raw): Request => ({ method: 'eth_sendRawTransaction', params: [raw] }));
  if (sends.length === 0) return [time, mine];
  if (sends.length === 1) return [time, ...sends];
  const automine = (on: boolean): Request => ({ method: 'evm_setAutomine', params: [on] });
  return [automine(false), time, ...sends, mine, automine(true)];
}

async function requireSame(chain: Chain, journaled: JournalBlock): Promise<void> {
  const made = await chain.block(journaled.number);
  if (made?.hash === journaled.hash) return;
  throw new RegisterRefusal(
    `Replaying the journal made block ${journaled.number} ${made?.hash ?? 'missing'}, recorded was ${journaled.hash}. The local ` +
      'chain has other settings than the one that wrote this journal. Nothing in the database was changed.',
  );
}
