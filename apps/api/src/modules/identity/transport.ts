import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.js';

/** Prefixed: the browser itself refuses it without Secure, with a Domain, or from another path. */
const HOST_COOKIE = '__Host-headwater';
/** For plain http: on localhost for browsers that keep no Secure cookie there (Safari), elsewhere only by setting. */
const PLAIN_COOKIE = 'headwater-plain';

/** TLS: sealed to the browser. LOCAL: never leaves the machine. PLAIN: anybody on the way can read it. */
export type Transport = 'TLS' | 'LOCAL' | 'PLAIN';

export function transportOf(request: FastifyRequest): Transport {
  if (request.protocol === 'https') return 'TLS';
  return isLoopbackName(request.hostname) ? 'LOCAL' : 'PLAIN';
}

/** Where this request's browser believes to be: what the Origin header must say and links start with. */
export function ownOrigin(request: FastifyRequest, config: Config): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`;
}

/**
 * A changing request must come from our own pages. Browsers send Origin with each of them; what sends neither Origin
 * nor Sec-Fetch-Site is no browser and carries nobody's cookie unasked.
 */
export function isSameOrigin(request: FastifyRequest, config: Config): boolean {
  const { origin } = request.headers;
  if (origin !== undefined)
    return origin === ownOrigin(request, config) || origin === `${request.protocol}://${request.host}`;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

export function mayCarrySession(transport: Transport, config: Config): boolean {
  return transport !== 'PLAIN' || config.allowInsecureCookie;
}

/** The session's token, where this transport may carry one. */
export function readSessionToken(request: FastifyRequest, config: Config): string | undefined {
  const transport = transportOf(request);
  if (!mayCarrySession(transport, config)) return undefined;
  const sealed = request.cookies[HOST_COOKIE];
  return transport === 'TLS' ? sealed : (sealed ?? request.cookies[PLAIN_COOKIE]);
}

/**
 * Gives the browser the session. On localhost it is offered under both names and the browser keeps what it accepts:
 * Chromium and Firefox treat localhost as secure, Safari does not.
 */
export function writeSessionToken(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  maxAgeSeconds: number,
): void {
  const transport = transportOf(request);
  const common = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: maxAgeSeconds } as const;
  if (transport !== 'PLAIN') void reply.setCookie(HOST_COOKIE, token, { ...common, secure: true });
  if (transport !== 'TLS') void reply.setCookie(PLAIN_COOKIE, token, common);
}

export function clearSessionToken(request: FastifyRequest, reply: FastifyReply): void {
  if (transportOf(request) !== 'PLAIN')
    void reply.clearCookie(HOST_COOKIE, { path: '/', secure: true, httpOnly: true });
  void reply.clearCookie(PLAIN_COOKIE, { path: '/', httpOnly: true });
}

function isLoopbackName(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
