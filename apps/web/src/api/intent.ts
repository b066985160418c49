import { freshKey } from './client';
import { ApiProblem } from './problem';

/**
 * One person's intent keeps one Idempotency-Key until it is known how it ended. Same words again after a broken
 * connection is the same intent; other words, or a plain refusal, begin a new one.
 */
export class Intent {
  private key = freshKey();
  private words = '';

  keyFor(variables: unknown): string {
    const words = JSON.stringify(variables) ?? '';
    if (words !== this.words) {
      this.words = words;
      this.key = freshKey();
    }
    return this.key;
  }

  succeeded(): void {
    this.key = freshKey();
    this.words = '';
  }

  failed(error: unknown): void {
    if (!(error instanceof ApiProblem) || !error.outcomeUnknown) this.succeeded();
  }
}
