import type { Clock } from '../../../common/clock.js';
import { dayAt } from '../../../common/day.js';
import { DomainError } from '../../../common/errors.js';
import type { Chain } from './chain.js';
import { RpcRefusal } from './rpc.js';

/** A chain whose last block is older than this is given a block before a simulation, where we may. */
const STALE_SECONDS = 3600;

export interface ChainClockOptions {
  /** The chain takes its time from us (local) or has its own. */
  readonly local: boolean;
  readonly utcOffsetSeconds: number;
  /** How far the chain may be ahead of the clock before writing stops. */
  readonly boundSeconds: number;
}

/**
 * Keeps the chain's time and ours together. The local chain gets its time from the injected clock before every block
 * (left alone it would add a second per block); any other chain is only compared. Blocks of the local chain are made one
 * at a time, because the timestamp belongs to whatever block comes next.
 */
export class ChainClock {
  #queue: Promise<unknown> = Promise.resolve();
  #diverged = false;
  /** Local chain: time of the last block we asked for, so that its head need not be asked for before each. */
  #last: number | undefined;

  constructor(
    private readonly chain: Chain,
    private readonly clock: Clock,
    private readonly options: ChainClockOptions,
  ) {}

  /** What the last comparison found. While true, no command is taken. */
  get diverged(): boolean {
    return this.#diverged;
  }

  /**
   * Runs `send`, which makes at most one block, at the clock's time. Errors: CLOCK_DIVERGED (nothing was sent), and
   * whatever `send` throws.
   */
  async atClockTime<T>(send: () => Promise<T>): Promise<T> {
    if (!this.options.local) {
      this.#compare((await this.chain.head()).timestamp);
      return send();
    }
    return this.#oneAtATime(async () => {
      try {
        await this.#setTime(this.#last ?? (await this.chain.head()).timestamp);
      } catch (error) {
        if (!(error instanceof RpcRefusal)) throw error;
        // Somebody else made a block, later than we knew.
        await this.#setTime((await this.chain.head()).timestamp);
      }
      return send();
    });
  }

  /** Local chain: makes an empty block when the last one is of another day, so that simulations see today. */
  async freshen(): Promise<void> {
    if (!this.options.local) return;
    const last = this.#last ?? (await this.chain.head()).timestamp;
    const now = this.clock.now();
    const sameDay = this.#day(now) === this.#day(new Date(last * 1000));
    if (sameDay && now.getTime() / 1000 - last < STALE_SECONDS) return;
    await this.atClockTime(() => this.chain.mine());
  }

  /** Compares once; used by the health check and before taking commands. Errors: RpcUnavailable. */
  async check(): Promise<void> {
    this.#diverged = this.#ahead((await this.chain.head()).timestamp) > this.options.boundSeconds;
  }

  async #setTime(last: number): Promise<void> {
    this.#compare(last);
    const next = Math.max(last, Math.floor(this.clock.now().getTime() / 1000));
    await this.chain.setNextTimestamp(next);
    this.#last = next;
  }

  #compare(timestamp: number): void {
    const aheadSeconds = this.#ahead(timestamp);
    this.#diverged = aheadSeconds > this.options.boundSeconds;
    if (this.#diverged)
      throw new DomainError('CLOCK_DIVERGED', { aheadSeconds, allowedSeconds: this.options.boundSeconds });
  }

  /** Only "ahead" is wrong: a quiet chain's last block is as old as its last business. */
  #ahead(timestamp: number): number {
    return timestamp - Math.floor(this.clock.now().getTime() / 1000);
  }

  #day(instant: Date): string {
    return dayAt(instant, this.options.utcOffsetSeconds);
  }

  #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
