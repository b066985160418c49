import type { IncomingMessage } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { pino, type SerializedError } from 'pino';

/** A link's token lets its reader in, so it is not written down with the address. */
export function loggableUrl(url: string): string {
  return url.replace(/\/links\/[^/?#]+/, '/links/-');
}

/** What is worth knowing of an error. A failed query carries its parameters, which may be anybody's secret: left out. */
export function loggableError(error: Error | SerializedError): Record<string, unknown> {
  // The request logger hands over what it has already written down, everybody else the error itself.
  const { type, message, stack, code } = 'raw' in error ? error : pino.stdSerializers.err(error);
  return { type, message, stack, ...(code === undefined ? {} : { code }) };
}

/** One JSON line a request, under its correlation id. Cookies, bodies and link tokens never reach the log. */
export function loggerModule(level: string): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level,
      genReqId: (request: IncomingMessage) => request.id,
      autoLogging: { ignore: (request) => /^\/api\/v1\/(health|events)\b/.test(request.url ?? '') },
      serializers: {
        req: (request: { id: unknown; method: unknown; url: unknown }) => ({
          id: request.id,
          method: request.method,
          url: typeof request.url === 'string' ? loggableUrl(request.url) : undefined,
        }),
        err: loggableError,
        res: (response: { statusCode: unknown }) => ({ status: response.statusCode }),
      },
      redact: ['*.password', '*.token', '*.cookie', '*.masterKey', '*.databaseUrl'],
    },
  });
}
