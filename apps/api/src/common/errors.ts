import type { ErrorCode } from './error-codes.js';

/**
 * The one error of the domain. `code` is stable and documented in error-codes.ts; `details` are facts a person or a
 * program needs to recover (actual and allowed values), never secrets and never another tenant's data.
 */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = 'DomainError';
  }
}
