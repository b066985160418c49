import { Transaction } from 'ethers';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { DomainError } from '../../../common/errors.js';
import { bytesOf } from '../../../common/rows.js';
import { firstRow } from '../../../database/sql.js';
import { decodeCall } from '../calls/call-codec.js';
import { type EncodedCall, encodeForChain } from '../calls/encode.js';
import type { Refusal } from '../calls/refusals.js';
import { RpcRefusal } from '../chain/rpc.js';
import type { Engine } from '../engine.js';
import type { KeystoreSigner } from '../keystore/keystore.js';
import type { Purpose } from '../keystore/signer.js';
import { OPERATION_COLUMNS, OperationRow } from '../operation-row.js';
import type { Word } from '../register.js';
import { settleOperation } from '../settle.js';

const LaneRow = z.object({ id: z.uuid(), next_nonce: z.coerce.number().int() });
const CountRow = z.object({ count: z.coerce.number().int() });

export interface SignedOperation {
  readonly id: string;
  readonly raw: Word;
  readonly hash: Word;
  readonly attempts: number;
}

/**
 * What one step of a lane came to. WAIT: something of this lane is under way and may be why the register refuses, so the
 * answer counts only when that is settled.
 */
export type Prepared =
  | { readonly outcome: 'SIGNED'; readonly operation: SignedOperation }
  | { readonly outcome: 'REFUSED' | 'IDLE' | 'BUSY' | 'WAIT' | 'NO_SIGNER' };

/**
 * Takes the next queued operation of a lane and signs it: one transaction under the lock of the key's row. Simulated
 * first, so that a refusal of the register ends the operation and burns no nonce; then nonce, signed bytes and hash are
 * stored together. When this has committed the operation can be lost no more, and never gets a second nonce.
 * Errors: RpcUnavailable (nothing happened).
 */
export function prepareNext(engine: Engine, purpose: Purpose): Promise<Prepared> {
  return engine.db.transaction('READ COMMITTED', async (manager): Promise<Prepared> => {
    const signer = await engine.keystore.signer(manager, purpose);
    if (signer === undefined) return { outcome: 'NO_SIGNER' };
    const lane = await firstRow(
      manager,
      LaneRow,
      'SELECT id, next_nonce FROM ops.signing_key WHERE id = $1 FOR UPDATE SKIP LOCKED',
      [signer.keyId],
    );
    if (lane === undefined) return { outcome: 'BUSY' };
    const row = await claim(manager, purpose);
    if (row === undefined) return { outcome: 'IDLE' };
    await engine.at?.('claimed');
    const checked = await simulate(engine, row, signer);
    await engine.at?.('simulated');
    if ('refusal' in checked) {
      if (await hasInFlight(manager, purpose)) return { outcome: 'WAIT' };
      await settleOperation(manager, engine.effects, row, {
        at: engine.clock.now(),
        error: { code: checked.refusal.code, detail: checked.refusal.detail },
      });
      return { outcome: 'REFUSED' };
    }
    return { outcome: 'SIGNED', operation: await sign(engine, manager, row, signer, lane, checked.call) };
  });
}

function claim(manager: EntityManager, purpose: Purpose): Promise<OperationRow | undefined> {
  return firstRow(
    manager,
    OperationRow,
    `SELECT ${OPERATION_COLUMNS} FROM ops.operation
      WHERE state = 'QUEUED' AND signer = $1 AND next_attempt_at <= now()
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [purpose],
  );
}

async function hasInFlight(manager: EntityManager, purpose: Purpose): Promise<boolean> {
  const sql = `SELECT count(*) FROM ops.operation WHERE signer = $1 AND state IN ('SIGNED', 'SENT')`;
  const row = await firstRow(manager, CountRow, sql, [purpose]);
  return row !== undefined && row.count > 0;
}

async function simulate(
  engine: Engine,
  row: OperationRow,
  signer: KeystoreSigner,
): Promise<{ readonly call: EncodedCall } | { readonly refusal: Refusal }> {
  let call: EncodedCall;
  try {
    call = await encodeForChain(decodeCall(row.call), engine.calls);
  } catch (error) {
    // A call that cannot be expressed will never be; anything else is a fault of ours and must not end it.
    if (error instanceof DomainError) return { refusal: { code: error.code, detail: JSON.stringify(error.details) } };
    throw error;
  }
  await engine.chainClock.freshen();
  try {
    await engine.chain.view({ from: signer.address, ...call });
    return { call };
  } catch (error) {
    if (!(error instanceof RpcRefusal) || !isRevert(error)) throw error;
    return { refusal: engine.refusals.read(error.data, error.message) };
  }
}

/** Only a revert is the register's own answer; a node that is out of order also answers with errors. */
export function isRevert(error: RpcRefusal): boolean {
  return error.data !== undefined || error.rpcCode === 3 || /revert/i.test(error.message);
}

async function sign(
  engine: Engine,
  manager: EntityManager,
  row: OperationRow,
  signer: KeystoreSigner,
  lane: z.output<typeof LaneRow>,
  call: EncodedCall,
): Promise<SignedOperation> {
  const raw = await signer.signTransaction({
    type: 2,
    chainId: engine.chainId,
    nonce: lane.next_nonce,
    to: call.to,
    data: call.data,
    gasLimit: call.gas,
    maxFeePerGas: 0,
    maxPriorityFeePerGas: 0,
    value: 0,
  });
  const hash = hashOf(raw);
  await engine.at?.('nonce-taken');
  await manager.query('UPDATE ops.signing_key SET next_nonce = next_nonce + 1 WHERE id = $1', [lane.id]);
  await manager.query(
    `UPDATE ops.operation SET state = 'SIGNED', key_id = $2, nonce = $3, signed_transaction = $4, transaction_hash = $5, attempts = 0
      WHERE id = $1`,
    [row.id, lane.id, lane.next_nonce, bytesOf(raw), bytesOf(hash)],
  );
  return { id: row.id, raw, hash, attempts: 0 };
}

export function hashOf(raw: Word): Word {
  const hash = Transaction.from(raw).hash;
  if (hash === null) throw new Error('signed bytes without a hash');
  return `0x${hash.slice(2).toLowerCase()}`;
}
