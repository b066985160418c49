import { AsyncLocalStorage } from 'node:async_hooks';
import type { z } from 'zod';

/** One request under an Idempotency-Key: what UnitOfWork.write stores together with the effect. */
export interface IdempotentRequest {
  readonly actorId: string;
  readonly key: string;
  readonly requestHash: Buffer;
  readonly operationId: string;
  readonly status: number;
  /** The schema of the answer; absent where the route answers without a body. */
  readonly answer: z.ZodType | undefined;
  /** The answer holds something that may be shown once only (a link), so it is stored encrypted. */
  readonly secret: boolean;
  /** Set by the first write of the request. */
  stored?: StoredAnswer;
}

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface RequestContext {
  readonly correlationId: string;
  idempotent?: IdempotentRequest;
}

/** Carries the request's context to where it is needed without threading it through business code. */
export const requestContext = new AsyncLocalStorage<RequestContext>();

/** Thrown inside a write whose key another request has just used; what that one answered is answered again. */
export class AnsweredBefore extends Error {
  constructor(readonly answer: StoredAnswer) {
    super('answered before');
  }
}
