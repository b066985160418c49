import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, Observable, of, switchMap } from 'rxjs';
import { DataSource } from 'typeorm';
import { answerOf } from '../../database/idempotency.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../errors.js';
import { WITHOUT_KEY_METADATA } from './access.js';
import { ANSWERS_METADATA, type AnswerRule } from './answers.js';
import { readUpload, requestOf } from './request.js';
import { type IdempotentRequest, requestContext } from './request-context.js';

const KEY_HEADER = 'idempotency-key';
const KEY_FORM = /^[\x21-\x7e]{1,200}$/;

/**
 * Opens the request's context for the handler. Where the request carries an Idempotency-Key, what it changes is bound
 * to that key (UnitOfWork.write), and a repetition gets the first answer again without the handler running.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = requestOf(context);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.#bind(context, request)).pipe(
      switchMap((bound) => {
        if (!bound) return inContext(request, next);
        return from(answerOf(this.dataSource, bound, this.unitOfWork.answerBox)).pipe(
          switchMap((answer) => {
            if (!answer) return inContext(request, next);
            void reply.status(answer.status).header('idempotency-replayed', 'true');
            return of(answer.body);
          }),
        );
      }),
    );
  }

  async #bind(context: ExecutionContext, request: FastifyRequest): Promise<IdempotentRequest | undefined> {
    if (request.method === 'GET' || request.method === 'HEAD' || !request.actor) return undefined;
    if (this.reflector.get<boolean | undefined>(WITHOUT_KEY_METADATA, context.getHandler())) return undefined;
    const key = request.headers[KEY_HEADER];
    if (key === undefined) {
      if (request.method === 'POST') throw new DomainError('IDEMPOTENCY_KEY_MISSING');
      return undefined;
    }
    if (typeof key !== 'string' || !KEY_FORM.test(key)) {
      throw new DomainError('REQUEST_INVALID', {
        issues: [{ path: KEY_HEADER, message: '1 to 200 visible characters' }],
      });
    }
    const rule = this.reflector.get<AnswerRule | undefined>(ANSWERS_METADATA, context.getHandler());
    const bound: IdempotentRequest = {
      actorId: request.actor.userId,
      key,
      requestHash: await hashOf(request),
      operationId: context.getHandler().name,
      status: rule?.status ?? 200,
      answer: rule?.schema,
      secret: rule?.secret ?? false,
    };
    request.headwater.idempotent = bound;
    return bound;
  }
}

/** The handler and everything it awaits see the request's context. */
function inContext(request: FastifyRequest, next: CallHandler): Observable<unknown> {
  return new Observable((subscriber) =>
    requestContext.run(request.headwater, () => next.handle().subscribe(subscriber)),
  );
}

/** Method, address and content: what must be the same for a repetition to count as one. */
async function hashOf(request: FastifyRequest): Promise<Buffer> {
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`);
  if (request.headers['content-type']?.startsWith('multipart/'))
    return hash.update((await readUpload(request)).content).digest();
  return hash.update(JSON.stringify(request.body ?? null)).digest();
}
