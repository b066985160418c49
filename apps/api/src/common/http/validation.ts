import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ERROR_CODES, type ErrorCode } from '../error-codes.js';
import { DomainError } from '../errors.js';

/** One thing that is wrong, and where. */
interface Issue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

/** So many of them are named; the rest only make the answer longer. */
const ISSUES_MAX = 20;

/** Parses every @Body and @Query against its schema; what does not fit becomes a DomainError. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: refusalOf });
}

/**
 * A schema may name a code of the domain as its message (`message: 'AMOUNT_NOT_POSITIVE'`): then that is the refusal.
 * Anything else is REQUEST_INVALID with the list of what is wrong.
 */
export function refusalOf(issues: readonly Issue[]): DomainError {
  const listed = issues
    .slice(0, ISSUES_MAX)
    .map((issue) => ({ path: pathOf(issue), message: issue.message.slice(0, 300) }));
  const named = listed.find((issue) => isErrorCode(issue.message));
  if (named && isErrorCode(named.message)) return new DomainError(named.message, { path: named.path });
  return new DomainError('REQUEST_INVALID', { issues: listed });
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text);
}

function pathOf(issue: Issue): string {
  const segments = (issue.path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment));
  return segments.join('.').slice(0, 200);
}
