import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, type Observable, switchMap } from 'rxjs';
import { ANSWERS_METADATA, type AnswerRule } from '../../common/http/answers.js';
import { requestOf } from '../../common/http/request.js';
import { OperationSchema } from './operations.schemas.js';
import { OperationsService } from './operations.service.js';
import { preferredWaitMs } from './prefer.js';

/**
 * `Prefer: wait=N` for every command that answers with an operation: the answer is held until the operation has ended
 * or N seconds are over. One place, so that no command can forget it; a repeated request waits like the first.
 */
@Injectable()
export class OperationWaitInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly operations: OperationsService,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const rule = this.reflector.get<AnswerRule | undefined>(ANSWERS_METADATA, context.getHandler());
    const waitMs = preferredWaitMs(requestOf(context).headers.prefer);
    if (rule?.schema !== OperationSchema || waitMs === 0) return next.handle();
    return next.handle().pipe(
      switchMap((body: unknown) => {
        const operation = OperationSchema.safeParse(body);
        return operation.success ? from(this.operations.respondWithOperation(operation.data, waitMs)) : from([body]);
      }),
    );
  }
}
