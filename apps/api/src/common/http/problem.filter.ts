import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../error-codes.js';
import { DomainError } from '../errors.js';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import { AnsweredBefore } from './request-context.js';

/** Refusals that Nest and Fastify make before a handler runs. */
const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'REQUEST_INVALID',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  431: 'PAYLOAD_TOO_LARGE',
};

/** SQLSTATE character_not_in_repertoire. */
const NULL_CHARACTER = '22021';

/** The only place where an error becomes an HTTP answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const correlationId = request.headwater?.correlationId ?? '';
    if (reply.sent || reply.raw.headersSent) {
      this.#logger.error({ err: error, correlationId }, 'failed after the answer had begun');
      return;
    }
    if (error instanceof AnsweredBefore) {
      void reply.status(error.answer.status).header('idempotency-replayed', 'true').send(error.answer.body);
      return;
    }
    const refusal = refusalOf(error);
    if (!refusal) this.#logger.error({ err: error, correlationId }, 'unexpected error');
    const problem = problemOf(refusal?.code ?? 'INTERNAL', refusal?.details ?? {}, correlationId);
    if (problem.status === 429 && typeof problem.details.retryAfterSeconds === 'number') {
      void reply.header('retry-after', String(problem.details.retryAfterSeconds));
    }
    void reply.status(problem.status).header('content-type', PROBLEM_MEDIA_TYPE).send(problem);
  }
}

/** What the error says about the request, or undefined where it is our own fault. */
function refusalOf(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  const code = codeOf(error);
  if (code?.startsWith('FST_REQ_FILE_TOO_LARGE')) return new DomainError('DOCUMENT_TOO_LARGE');
  if (code !== undefined && /^FST_(FILES|PARTS|FIELDS)_LIMIT$|^FST_INVALID_MULTIPART/.test(code))
    return new DomainError('REQUEST_INVALID');
  // Postgres keeps no null character; no word of any language has one.
  if (code === NULL_CHARACTER)
    return new DomainError('REQUEST_INVALID', { issues: [{ path: '', message: 'a null character' }] });
  const status = statusOf(error);
  const known = status === undefined ? undefined : CODE_BY_STATUS[status];
  return known && new DomainError(known);
}

/** Nest wraps what Fastify refuses; the code that says why stays on the cause. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}
