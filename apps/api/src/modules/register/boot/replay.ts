import type { Queryable } from '../../../database/sql.js';
import type { Chain } from '../chain/chain.js';
import { RpcRefusal } from '../chain/rpc.js';
import { type JournalBlock, readBlocks } from '../journal.js';
import { RegisterRefusal } from '../register.config.js';
import type { Word } from '../register.js';

/** Hashes are compared every so many blocks, and at the end: each contains all before it. */
const CHECK_EVERY = 50;

/**
 * Rebuilds a local chain from the journal, block by block: same time, same signed bytes, same order, empty blocks too.
 * The hashes must come out the same. Answers with the number of blocks made. Errors: RegisterRefusal.
 */
export async function replay(db: Queryable, chain: Chain, from: number): Promise<number> {
  let made = 0;
  let last: JournalBlock | undefined;
  for await (const block of readBlocks(db, from)) {
    await remake(chain, block);
    made += 1;
    last = block;
    if (made % CHECK_EVERY === 0) await requireSame(chain, block);
  }
  if (last !== undefined) await requireSame(chain, last);
  return made;
}

async function remake(chain: Chain, block: JournalBlock): Promise<void> {
  await chain.setNextTimestamp(block.timestamp);
  const [only, ...more] = block.raws;
  if (only === undefined) return chain.mine();
  if (more.length === 0) return send(chain, only);
  await chain.setAutomine(false);
  try {
    for (const raw of block.raws) await send(chain, raw);
    await chain.mine();
  } finally {
    await chain.setAutomine(true);
  }
}

/** A transaction that was reverted in its time is reverted again, and a node that mines at once answers with an error. */
async function send(chain: Chain, raw: Word): Promise<void> {
  try {
    await chain.sendRaw(raw);
  } catch (error) {
    if (!(error instanceof RpcRefusal)) throw error;
  }
}

async function requireSame(chain: Chain, journaled: JournalBlock): Promise<void> {
  const made = await chain.block(journaled.number);
  if (made?.hash === journaled.hash) return;
  throw new RegisterRefusal(
    `Replaying the journal made block ${journaled.number} ${made?.hash ?? 'missing'}, recorded was ${journaled.hash}. The local ` +
      'chain has other settings than the one that wrote this journal. Nothing in the database was changed.',
  );
}
