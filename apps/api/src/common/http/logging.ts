import type { IncomingMessage } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';

/** A link's token lets its reader in, so it is not written down with the address. */
export function loggableUrl(url: string): string {
  return url.replace(/\/links\/[^/?#]+/, '/links/-');
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
        res: (response: { statusCode: unknown }) => ({ status: response.statusCode }),
      },
      redact: ['*.password', '*.token', '*.cookie', '*.masterKey', '*.databaseUrl'],
    },
  });
}
