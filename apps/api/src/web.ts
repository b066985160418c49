import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.js';

/** What the browser may load: our own files only. Inline styles stay allowed, because the component library sets them. */
export async function registerSecurityHeaders(fastify: FastifyInstance, config: Config): Promise<void> {
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  await fastify.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...inlineScriptHashes(config.webDist)],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** The web application: its files, and index.html for every address that is a page of it. */
export async function registerWeb(fastify: FastifyInstance, root: string): Promise<void> {
  await fastify.register(fastifyStatic, {
    root,
    wildcard: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      // Built files carry a hash in their name; the page that names them must be asked for each time.
      const isHashed = path.includes('/assets/');
      void response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  fastify.get('/*', (request, reply) => {
    // A missing file must not come back as a page: an old browser tab would take it for its script.
    if (/^\/(api|assets)(\/|\?|$)/.test(request.url)) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}

/** The page sets its colour scheme before first paint with a script of its own; its hash is allowed, nothing else inline. */
function inlineScriptHashes(root: string | undefined): string[] {
  if (root === undefined) return [];
  const page = readFileSync(join(root, 'index.html'), 'utf8');
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => text ?? '');
  return inline.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}
