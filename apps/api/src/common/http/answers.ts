import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

/** What a route answers with: status and body. Feeds the response filter, stored answers and the OpenAPI file. */
export interface AnswerRule {
  readonly status: number;
  readonly schema: z.ZodType | undefined;
  /** Media type of an answer that is not JSON (a file, an event stream). */
  readonly mediaType: string | undefined;
  /** Holds something shown once only; stored encrypted, never logged. */
  readonly secret: boolean;
}

export const ANSWERS_METADATA = 'headwater:answers';

/**
 * `@Answers(200, InvoiceSchema)`; `@Answers(204)` for no body. Fields that the schema does not name never leave the
 * server, so a new column cannot leak by accident.
 */
export function Answers(
  status: number,
  schema?: z.ZodType,
  options: { readonly mediaType?: string; readonly secret?: boolean } = {},
): MethodDecorator {
  const rule: AnswerRule = { status, schema, mediaType: options.mediaType, secret: options.secret ?? false };
  return applyDecorators(HttpCode(status), SetMetadata(ANSWERS_METADATA, rule));
}
