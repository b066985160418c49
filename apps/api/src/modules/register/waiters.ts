import type { OperationResponse } from '../operations/operations.schemas.js';

/** Longest time anybody may wait for an operation in one request. */
export const WAIT_MS_MAX = 30_000;
/** A message may be lost when the database connection breaks, so a waiter looks for itself now and then. */
const LOOK_AGAIN_MS = 1000;

/** Who waits for which operation. Woken by the message that the settling transaction leaves behind. */
export class Waiters {
  readonly #waiting = new Map<string, Set<() => void>>();

  wake(operationId: string): void {
    for (const wake of this.#waiting.get(operationId) ?? []) wake();
  }

  wakeAll(): void {
    for (const id of this.#waiting.keys()) this.wake(id);
  }

  async wait(
    operationId: string,
    ms: number,
    look: () => Promise<OperationResponse | undefined>,
  ): Promise<OperationResponse | undefined> {
    const deadline = performance.now() + Math.min(Math.max(ms, 0), WAIT_MS_MAX);
    for (;;) {
      // Listening begins before looking, so that nothing can happen unnoticed between the two.
      const { woken, cancel } = this.#listen(operationId, Math.min(LOOK_AGAIN_MS, deadline - performance.now()));
      try {
        const seen = await look();
        const over = seen === undefined || seen.state === 'DONE' || seen.state === 'FAILED';
        if (over || performance.now() >= deadline) return seen;
        await woken;
      } finally {
        cancel();
      }
    }
  }

  #listen(operationId: string, ms: number): { woken: Promise<void>; cancel: () => void } {
    let cancel = (): void => undefined;
    const woken = new Promise<void>((resolve) => {
      const waiting = this.#waiting.get(operationId) ?? new Set();
      this.#waiting.set(operationId, waiting);
      waiting.add(resolve);
      const timer = setTimeout(resolve, Math.max(0, ms));
      cancel = () => {
        clearTimeout(timer);
        waiting.delete(resolve);
        if (waiting.size === 0) this.#waiting.delete(operationId);
      };
    });
    return { woken, cancel };
  }
}
