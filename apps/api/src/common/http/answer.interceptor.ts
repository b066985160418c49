import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { ANSWERS_METADATA, type AnswerRule } from './answers.js';

/** Lets out exactly what the route's schema names. A body that does not fit is our own fault and is not sent. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const rule = this.reflector.get<AnswerRule | undefined>(ANSWERS_METADATA, context.getHandler());
    const schema = rule?.schema;
    return next.handle().pipe(
      map((body: unknown) => {
        if (body instanceof StreamableFile || rule?.mediaType !== undefined) return body;
        return schema ? schema.parse(body) : undefined;
      }),
    );
  }
}
