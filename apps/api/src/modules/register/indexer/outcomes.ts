import { z } from 'zod';
import { bytesOf } from '../../../common/rows.js';
import { rows } from '../../../database/sql.js';
import type { ChainFullBlock, ChainTransaction } from '../chain/chain.js';
import { RpcRefusal } from '../chain/rpc.js';
import type { Engine } from '../engine.js';
import { OPERATION_COLUMNS, OperationRow } from '../operation-row.js';
import type { Word } from '../register.js';

export interface Outcome {
  readonly operation: OperationRow;
  readonly error: { readonly code: string; readonly detail: string } | undefined;
}

const StatusSchema = z.object({ status: z.number() });

/** What became of our operations that are in this block. Asked before the projecting transaction begins. */
export async function outcomesOf(
  engine: Engine,
  block: ChainFullBlock,
  withLogs: ReadonlySet<Word>,
): Promise<Outcome[]> {
  if (block.transactions.length === 0) return [];
  const found = await rows(
    engine.db,
    OperationRow,
    `SELECT ${OPERATION_COLUMNS} FROM ops.operation WHERE transaction_hash = ANY($1) AND state NOT IN ('DONE', 'FAILED')`,
    [block.transactions.map((transaction) => bytesOf(transaction.hash))],
  );
  const byHash = new Map(found.map((row) => [row.transaction_hash, row]));
  const outcomes: Outcome[] = [];
  for (const transaction of block.transactions) {
    const operation = byHash.get(transaction.hash);
    if (operation === undefined) continue;
    // Whatever left a log was carried out; only the silent ones need asking.
    const done = withLogs.has(transaction.hash) || (await succeeded(engine, transaction));
    outcomes.push({ operation, error: done ? undefined : await reasonOf(engine, transaction, block.number) });
  }
  return outcomes;
}

async function succeeded(engine: Engine, transaction: ChainTransaction): Promise<boolean> {
  const receipt = await engine.chain.receipt(transaction.hash);
  return StatusSchema.parse(receipt).status === 1;
}

/** Why a mined transaction was reverted, by asking again on the state it left. */
async function reasonOf(engine: Engine, transaction: ChainTransaction, block: number) {
  const request = {
    from: transaction.from,
    to: transaction.to ?? '',
    data: transaction.input,
    gas: Number(transaction.gas),
  };
  try {
    await engine.chain.view(request, block);
  } catch (error) {
    if (error instanceof RpcRefusal) return engine.refusals.read(error.data, error.message);
    throw error;
  }
  return { code: 'REGISTER_REFUSED', detail: 'the register refused this when its turn came' };
}
