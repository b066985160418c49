import { z } from 'zod';
import { bytesOf, wordColumn } from '../../../common/rows.js';
import { firstRow, type Queryable, rows } from '../../../database/sql.js';
import type { Chain } from '../chain/chain.js';
import { type Cursor, readCursor } from '../indexer/cursor.js';
import { journaledHash } from '../journal.js';
import { type DeploymentRecord, DeploymentRecordSchema, RegisterRefusal } from '../register.config.js';
import type { Word } from '../register.js';

const DeploymentRow = z.object({
  chain_id: z.coerce.number().int(),
  genesis_hash: wordColumn,
  first_block: z.coerce.number().int(),
  record: DeploymentRecordSchema.nullable(),
});
const HashRow = z.object({ hash: wordColumn });

/** How far before its head a chain that is not local is searched for transactions of others. */
const EMPTY_SEARCH_BLOCKS = 1000;

export interface Identity {
  readonly chainId: number;
  readonly firstBlock: number;
  /** Absent while the deployment is under way. */
  readonly record: DeploymentRecord | undefined;
}

/** What must be done before the engine may run. `replayFrom` is set where the local chain has forgotten. */
export interface Situation {
  readonly identity: Identity;
  readonly replayFrom: number | undefined;
}

/**
 * Compares the chain at hand with the one this database belongs to. A chain that is neither empty nor ours is refused,
 * and nothing is written to it or to the database. Errors: RegisterRefusal.
 */
export async function recognise(db: Queryable, chain: Chain, localChain: boolean): Promise<Situation> {
  const chainId = await chain.chainId();
  const genesis = await chain.block(0);
  if (genesis === null) throw new RegisterRefusal('The chain node has no first block.');
  const known = await firstRow(
    db,
    DeploymentRow,
    'SELECT chain_id, genesis_hash, first_block, record FROM ops.deployment',
  );
  if (known === undefined) {
    const identity = await claimEmptyChain(db, chain, chainId, genesis.hash, localChain);
    return { identity, replayFrom: undefined };
  }
  if (known.chain_id !== chainId || known.genesis_hash !== genesis.hash) {
    throw new RegisterRefusal(
      `This database belongs to chain ${known.chain_id} with first block ${known.genesis_hash}; the node at hand has chain ` +
        `${chainId} with first block ${genesis.hash}. Nothing was changed. Point RPC_URL to the chain of this database, ` +
        'or DATABASE_URL to an empty database.',
    );
  }
  const identity = { chainId, firstBlock: known.first_block, record: known.record ?? undefined };
  const replayFrom = await comparePosition(db, chain, localChain, await readCursor(db));
  if (identity.record === undefined) await requireOnlyOurDeployment(db, chain, identity.firstBlock);
  return { identity, replayFrom };
}

async function claimEmptyChain(
  db: Queryable,
  chain: Chain,
  chainId: number,
  genesisHash: Word,
  localChain: boolean,
): Promise<Identity> {
  const head = await chain.head();
  if (localChain && head.number > 0) throw notEmpty(chainId, head.number);
  for (let number = Math.max(0, head.number - EMPTY_SEARCH_BLOCKS); number <= head.number; number += 1) {
    const block = await chain.fullBlock(number);
    if (block !== null && block.transactions.length > 0) throw notEmpty(chainId, number);
  }
  const firstBlock = localChain ? 0 : head.number + 1;
  await db.query('INSERT INTO ops.deployment (chain_id, genesis_hash, first_block) VALUES ($1, $2, $3)', [
    chainId,
    bytesOf(genesisHash),
    firstBlock,
  ]);
  await db.query('UPDATE ops.cursor SET block_number = $1', [firstBlock - 1]);
  return { chainId, firstBlock, record: undefined };
}

function notEmpty(chainId: number, block: number): RegisterRefusal {
  return new RegisterRefusal(
    `The chain ${chainId} is neither empty (block ${block} was made by others) nor the one of this database, which is new. ` +
      'Nothing was changed. Use an empty chain for a new database, or the database that belongs to this chain.',
  );
}

/** Where to replay from; undefined where the chain has all we know. */
async function comparePosition(
  db: Queryable,
  chain: Chain,
  localChain: boolean,
  cursor: Cursor,
): Promise<number | undefined> {
  if (cursor.hash === undefined) return undefined;
  const head = await chain.head();
  if (head.number >= cursor.number) {
    const here = await chain.block(cursor.number);
    if (here?.hash === cursor.hash) return undefined;
    throw new RegisterRefusal(
      `Block ${cursor.number} of the chain is ${here?.hash}, this database has seen ${cursor.hash}: the chain is another one ` +
        'or was reorganised. Nothing was changed.',
    );
  }
  if (!localChain) {
    throw new RegisterRefusal(
      `The chain ends at block ${head.number}, but this database has seen block ${cursor.number}. The node may still be ` +
        'catching up, or it has lost its data. Nothing was changed.',
    );
  }
  if ((await journaledHash(db, head.number)) !== head.hash) {
    throw new RegisterRefusal(
      `The local chain has a block ${head.number} that is not in this database's journal. Nothing was changed. Stop the ` +
        'node at RPC_URL and start again, so that an empty one can be rebuilt from the journal.',
    );
  }
  return head.number + 1;
}

/** A deployment broken off: whatever stands on the chain must be its signed bytes and nothing else. */
async function requireOnlyOurDeployment(db: Queryable, chain: Chain, firstBlock: number): Promise<void> {
  const ours = new Set(
    (await rows(db, HashRow, 'SELECT hash FROM ops.deployment_transaction')).map((row): string => row.hash),
  );
  const head = await chain.head();
  for (let number = firstBlock; number <= head.number; number += 1) {
    const block = await chain.fullBlock(number);
    const foreign = block?.transactions.find((transaction) => !ours.has(transaction.hash));
    if (foreign !== undefined) throw notEmpty(await chain.chainId(), number);
  }
}
