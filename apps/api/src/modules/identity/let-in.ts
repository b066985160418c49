import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../common/errors.js';
import type { Config } from '../../config.js';
import { type OpenedSession, SESSION_SECONDS, type SessionResponse } from './sessions.service.js';
import { mayCarrySession, transportOf, writeSessionToken } from './transport.js';

/** Errors: INSECURE_TRANSPORT, before a password is looked at. */
export function assertTransport(request: FastifyRequest, config: Config): void {
  if (!mayCarrySession(transportOf(request), config)) throw new DomainError('INSECURE_TRANSPORT');
}

/** Puts the session into the cookie and answers with who is signed in. */
export function letIn(request: FastifyRequest, reply: FastifyReply, opened: OpenedSession): SessionResponse {
  writeSessionToken(request, reply, opened.token, SESSION_SECONDS);
  return opened.session;
}
