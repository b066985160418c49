import type { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../error-codes.js';
import type { ProblemSchema } from '../schemas.js';

export type Problem = z.infer<typeof ProblemSchema>;

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** An RFC 9457 problem. `type` is the stable code as a URN: there is no page to fetch behind it. */
export function problemOf(code: ErrorCode, details: Readonly<Record<string, unknown>>, correlationId: string): Problem {
  const [status, sentence] = ERROR_CODES[code];
  return {
    type: `urn:headwater:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: sentence,
    status,
    code,
    detail: sentence,
    details: { ...details },
    correlationId,
  };
}
