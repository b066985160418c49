import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../actor.js';
import { DomainError } from '../errors.js';
import { IdSchema } from '../schemas.js';
import type { RequestContext } from './request-context.js';

declare module 'fastify' {
  interface FastifyRequest {
    headwater: RequestContext;
    /** Set by the access guard; absent on public routes without a session. */
    actor: Actor | undefined;
    /** Hash of the session's token, for signing out. */
    sessionHash: Buffer | undefined;
  }
}

export function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

/** The person who asks. Errors: SIGNED_OUT, where the route is public and nobody is signed in. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestOf(context);
  if (!actor) throw new DomainError('SIGNED_OUT');
  return actor;
});

const Params = z.record(z.string(), z.string());

/** An id in the path. What is no id at all looks exactly like an unknown one: NOT_FOUND. */
export const PathId = createParamDecorator((name: string | undefined, context: ExecutionContext): string => {
  const parsed = IdSchema.safeParse(Params.parse(requestOf(context).params)[name ?? 'id']);
  if (!parsed.success) throw new DomainError('NOT_FOUND');
  return parsed.data.toLowerCase();
});

/** A file as it arrived: the bytes are kept exactly. */
export interface UploadedDocument {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

const FilePart = z.object({
  type: z.literal('file'),
  filename: z.string().optional(),
  mimetype: z.string(),
  toBuffer: z.custom<() => Promise<Buffer>>((value) => typeof value === 'function'),
});
/** Kept as it came: reading it needs the rest of the part, which a parsed copy would lack. */
const UploadBody = z.object({
  file: z.custom<z.infer<typeof FilePart>>((value) => FilePart.safeParse(value).success),
});

/** The one file of a multipart request, in the field `file`. Errors: REQUEST_INVALID; too large is refused earlier. */
export async function readUpload(request: FastifyRequest): Promise<UploadedDocument> {
  const body: unknown = request.body;
  const parsed = UploadBody.safeParse(body);
  if (!parsed.success) {
    throw new DomainError('REQUEST_INVALID', { issues: [{ path: 'file', message: 'one file in the field "file"' }] });
  }
  const { file } = parsed.data;
  return { name: fileName(file.filename), mediaType: file.mimetype, content: await file.toBuffer() };
}

/** The factory behind @Upload, by which the OpenAPI file knows that a route takes a file. */
export const uploadFactory = (_: unknown, context: ExecutionContext): Promise<UploadedDocument> =>
  readUpload(requestOf(context));

/** `@Upload() document: UploadedDocument` */
export const Upload = createParamDecorator(uploadFactory);

/** Only the last part of what the browser called it, without control characters, bounded. */
function fileName(given: string | undefined): string {
  const last = (given ?? '').split(/[/\\]/).pop() ?? '';
  const clean = last
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200);
  return clean === '' ? 'invoice.xml' : clean;
}
