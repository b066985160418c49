import { z } from 'zod';
import { DomainError } from '../../../common/errors.js';
import { rows } from '../../../database/sql.js';
import { RpcUnavailable } from '../chain/rpc.js';
import type { Engine } from '../engine.js';
import type { Purpose } from '../keystore/signer.js';
import { deliver } from './deliver.js';
import { prepareNext, type SignedOperation } from './prepare.js';

const POLL_MS = 1000;
const LANES_MAX = 6;
const BACKOFF_FIRST_MS = 100;
const BACKOFF_MAX_MS = 30_000;

const word = z.instanceof(Buffer).transform((bytes): `0x${string}` => `0x${bytes.toString('hex')}`);
const InFlightRow = z.object({
  id: z.uuid(),
  signed_transaction: word,
  transaction_hash: word,
  attempts: z.number().int(),
});
const SignerRow = z.object({ signer: z.string().regex(/^(MEMBER:\d+|GOVERNANCE:[A-Z_]+)$/) });

/**
 * Carries the outbox to the register. Each key is a lane of its own: inside a lane one operation after the other in the
 * order of nonces, lanes beside each other. Several processes may run senders on one database: the lock on the key's
 * row keeps a lane single.
 */
export class Sender {
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #sweep: Promise<void> | undefined;
  #sweepAgain = false;

  constructor(
    private readonly engine: Engine,
    /** Told after something reached the register, so that the indexer need not wait for its poll. */
    private readonly onSent: () => void,
    /** Nothing is sent while the projection is halted: nobody could say what has become of it. */
    private readonly isHalted: () => boolean,
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  /** Looks for work now. Cheap to call often. */
  wake(): void {
    if (this.#stopped || this.isHalted()) return;
    if (this.#sweep !== undefined) {
      this.#sweepAgain = true;
      return;
    }
    this.#sweep = this.#lookForWork().finally(() => {
      this.#sweep = undefined;
      if (!this.#sweepAgain) return;
      this.#sweepAgain = false;
      this.wake();
    });
  }

  /** Finishes the steps under way and stops; what is stored is picked up by the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#sweep;
    await Promise.all(this.#running.values());
  }

  async #lookForWork(): Promise<void> {
    try {
      const due = await rows(
        this.engine.db,
        SignerRow,
        `SELECT DISTINCT signer FROM ops.operation WHERE state IN ('QUEUED', 'SIGNED', 'SENT') AND next_attempt_at <= now()`,
      );
      for (const { signer } of due) this.#runLane(asPurpose(signer));
    } catch (error) {
      this.engine.log.error('the sender cannot read the outbox', error);
    }
  }

  #runLane(purpose: Purpose): void {
    if (this.#running.has(purpose)) {
      this.#again.add(purpose);
      return;
    }
    if (this.#running.size >= LANES_MAX) return; // The next lane that ends looks again.
    const lane = this.#drain(purpose)
      .catch((error: unknown) => this.engine.log.error(`the lane of ${purpose} stopped`, error))
      .finally(() => {
        this.#running.delete(purpose);
        if (this.#again.delete(purpose) || this.#running.size >= LANES_MAX - 1) this.wake();
      });
    this.#running.set(purpose, lane);
  }

  async #drain(purpose: Purpose): Promise<void> {
    while (!this.#stopped && !this.isHalted()) {
      if (!(await this.#redeliver(purpose))) return;
      try {
        const prepared = await prepareNext(this.engine, purpose);
        if (prepared.outcome === 'SIGNED') {
          await this.engine.at?.('signed-stored');
          if (!(await this.#deliver(prepared.operation))) return;
        } else if (prepared.outcome !== 'REFUSED') {
          if (prepared.outcome === 'NO_SIGNER') this.engine.log.error(`no signer for ${purpose}; its operations wait`);
          if (prepared.outcome === 'NO_SIGNER' || prepared.outcome === 'WAIT') await this.#postpone(purpose);
          return;
        }
      } catch (error) {
        this.engine.log.error(`the next operation of ${purpose} could not be prepared`, error);
        await this.#postpone(purpose);
        return;
      }
    }
  }

  /** Sends again, in the order of nonces, what was signed and is not known to be in a block. False: stop the lane. */
  async #redeliver(purpose: Purpose): Promise<boolean> {
    const waiting = await rows(
      this.engine.db,
      InFlightRow,
      `SELECT id, signed_transaction, transaction_hash, attempts FROM ops.operation
        WHERE signer = $1 AND state IN ('SIGNED', 'SENT') AND next_attempt_at <= now() ORDER BY nonce LIMIT 100`,
      [purpose],
    );
    for (const row of waiting) {
      const { id, signed_transaction: raw, transaction_hash: hash, attempts } = row;
      if (!(await this.#deliver({ id, raw, hash, attempts }))) return false;
    }
    return true;
  }

  async #deliver(operation: SignedOperation): Promise<boolean> {
    try {
      if (await deliver(this.engine, operation, this.onSent)) return true;
    } catch (error) {
      const expected = error instanceof RpcUnavailable || error instanceof DomainError;
      if (expected) this.engine.log.warn(`operation ${operation.id} is not on the register yet: ${describe(error)}`);
      else this.engine.log.error(`operation ${operation.id} could not be sent`, error);
    }
    await this.engine.db.query(
      `UPDATE ops.operation SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $2)
        WHERE id = $1 AND state IN ('SIGNED', 'SENT')`,
      [operation.id, backoffMs(operation.attempts) / 1000],
    );
    return false;
  }

  /** Lets a lane's queued operations rest for a while. The delay grows with the tries of the first of them. */
  async #postpone(purpose: Purpose): Promise<void> {
    await this.engine.db.query(
      `UPDATE ops.operation SET attempts = attempts + 1,
              next_attempt_at = now() + make_interval(secs => least($2 * power(2, least(attempts, 9)), $3) * (0.75 + random() / 2))
        WHERE signer = $1 AND state = 'QUEUED' AND next_attempt_at <= now()`,
      [purpose, BACKOFF_FIRST_MS / 1000, BACKOFF_MAX_MS / 1000],
    );
  }
}

/** Doubling from a tenth of a second to half a minute, a quarter up or down so that lanes do not knock together. */
function backoffMs(attempts: number): number {
  const delay = Math.min(BACKOFF_FIRST_MS * 2 ** Math.min(attempts, 9), BACKOFF_MAX_MS);
  return delay * (0.75 + Math.random() / 2);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function asPurpose(signer: string): Purpose {
  const [kind, name = ''] = signer.split(':');
  return kind === 'MEMBER' ? `MEMBER:${Number(name)}` : `GOVERNANCE:${name}`;
}
