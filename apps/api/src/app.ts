import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Logger as PinoLogger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { API_PREFIX, assertRoutesDeclared, routeTable } from './common/http/route-table.js';
import { validationPipe } from './common/http/validation.js';
import type { Config } from './config.js';
import { registerSecurityHeaders, registerWeb } from './web.js';

/** No JSON of this API comes near it. */
const BODY_BYTES_MAX = 262_144;
/** Largest file, as the refusal DOCUMENT_TOO_LARGE says. */
export const FILE_BYTES_MAX = 5 * 1024 * 1024;
const CORRELATION_FORM = /^[\w.:-]{1,100}$/;

/** The whole application, not listening yet; used by main.ts and by the system tests alike. */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  assertRoutesDeclared(routeTable(AppModule));
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    // Behind a TLS proxy (PUBLIC_URL is https) its X-Forwarded-* headers say who asks and how; otherwise nobody may say so.
    // Only the nearest one is believed: what stands further left in the header anybody can have written.
    trustProxy: config.publicUrl?.startsWith('https:') ? (_: string, hop: number) => hop === 0 : false,
    // Idle connections are closed with the server; one that is just answering ends this long after its answer.
    forceCloseConnections: 'idle',
    keepAliveTimeout: 5_000,
    requestTimeout: 60_000,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-correlation-id'];
      return typeof given === 'string' && CORRELATION_FORM.test(given) ? given : randomUUID();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(PinoLogger));
  app.flushLogs();
  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalPipes(validationPipe());
  app.enableShutdownHooks();
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  addRequestState(fastify);
  await registerSecurityHeaders(fastify, config);
  await fastify.register(fastifyCookie);
  await fastify.register(fastifyMultipart, {
    attachFieldsToBody: true,
    throwFileSizeLimit: true,
    limits: { fileSize: FILE_BYTES_MAX, files: 1, fields: 4, fieldSize: 1_000, parts: 5, headerPairs: 50 },
  });
  if (config.webDist !== undefined) await registerWeb(fastify, config.webDist);
  return app;
}

function addRequestState(fastify: FastifyInstance): void {
  fastify.decorateRequest('actor', undefined);
  fastify.decorateRequest('sessionHash', undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    request.headwater = { correlationId: request.id };
    void reply.header('x-correlation-id', request.id);
    if (request.url.startsWith(API_PREFIX)) void reply.header('cache-control', 'no-store');
    done();
  });
}
