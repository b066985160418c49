import { isAlreadyKnown } from '../chain/chain.js';
import { RpcRefusal } from '../chain/rpc.js';
import type { Engine } from '../engine.js';
import type { SignedOperation } from './prepare.js';

/**
 * Hands stored bytes to the register and finds out what became of them. Sending the same bytes twice is harmless, so a
 * doubt is always resolved by asking for the hash or by sending again, never by signing again.
 * True: the register has it (mined or waiting), and `onSent` was called. False: it has not, try again later.
 * Errors: RpcUnavailable, CLOCK_DIVERGED: unknown or not sent, try again later.
 */
export async function deliver(engine: Engine, operation: SignedOperation, onSent: () => void): Promise<boolean> {
  const reached = await send(engine, operation);
  await engine.at?.('sent');
  if (reached) {
    onSent();
    // The indexer may have seen the block already and said DONE; then there is nothing left to mark.
    await engine.db.query(
      `UPDATE ops.operation SET state = 'SENT', attempts = attempts + 1, next_attempt_at = now() + interval '5 seconds'
        WHERE id = $1 AND state IN ('SIGNED', 'SENT')`,
      [operation.id],
    );
    await engine.at?.('marked-sent');
  }
  return reached;
}

async function send(engine: Engine, operation: SignedOperation): Promise<boolean> {
  try {
    await engine.chainClock.atClockTime(() => engine.chain.sendRaw(operation.raw));
    return true;
  } catch (error) {
    if (isAlreadyKnown(error)) return true;
    if (!(error instanceof RpcRefusal)) {
      // Cut off in the middle of sending: it may have arrived. An answer decides, no answer leaves it open.
      if ((await engine.chain.transaction(operation.hash).catch(() => null)) !== null) return true;
      throw error;
    }
    // A node that mines at once answers a reverted transaction with an error although it is in a block.
    if ((await engine.chain.transaction(operation.hash)) !== null) return true;
    engine.log.warn(`the register did not take operation ${operation.id}: ${error.message}`);
    return false;
  }
}
