import { DomainError } from '../../common/errors.js';

/** So many failures in the window, then wait. */
export interface ThrottleRule {
  readonly failuresMax: number;
  readonly windowMs: number;
}

interface Counter {
  failures: number;
  endsAtMs: number;
}

/**
 * Counts failures per key in fixed windows. Bounded: beyond `keysMax` the oldest key is forgotten, so that nobody can
 * fill the memory with invented ones. Kept in this process only; several processes each allow the full count.
 */
export class Throttle {
  readonly #counters = new Map<string, Counter>();

  constructor(
    private readonly rule: ThrottleRule,
    private readonly keysMax = 10_000,
    /** A clock that only goes forward; not the business clock, which a demo may move by months. */
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Errors: TOO_MANY_REQUESTS with `retryAfterSeconds`. */
  assertOpen(key: string): void {
    const counter = this.#counters.get(key);
    if (!counter) return;
    const leftMs = counter.endsAtMs - this.nowMs();
    if (leftMs <= 0) this.#counters.delete(key);
    else if (counter.failures >= this.rule.failuresMax) {
      throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.ceil(leftMs / 1000) });
    }
  }

  /** Counted before the slow comparison and given back on success, so that parallel guesses cannot slip through. */
  count(key: string): void {
    const known = this.#counters.get(key);
    if (known && known.endsAtMs > this.nowMs()) {
      known.failures += 1;
      return;
    }
    this.#counters.delete(key);
    if (this.#counters.size >= this.keysMax) {
      const oldest = this.#counters.keys().next();
      if (!oldest.done) this.#counters.delete(oldest.value);
    }
    this.#counters.set(key, { failures: 1, endsAtMs: this.nowMs() + this.rule.windowMs });
  }

  giveBack(key: string): void {
    const counter = this.#counters.get(key);
    if (counter && counter.failures > 0) counter.failures -= 1;
  }

  get size(): number {
    return this.#counters.size;
  }
}
