import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import { ACCESS_METADATA, type AccessRule } from '../../common/http/access.js';
import { requestOf } from '../../common/http/request.js';
import { Config } from '../../config.js';
import { SessionsService } from './sessions.service.js';
import { isSameOrigin, readSessionToken } from './transport.js';

/** Before every handler: the request comes from our own pages, the person is known, and the route is theirs to use. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_METADATA, context.getHandler());
    // Start-up already refuses such a route; this is the second lock on the same door.
    if (!rule) throw new DomainError('FORBIDDEN');
    if (!isReading(request) && !isSameOrigin(request, this.config)) throw new DomainError('ORIGIN_REFUSED');
    if (!rule.public) await this.#identify(request);
    if (request.actor) assertAllowed(request.actor, rule);
    else if (!rule.public) throw new DomainError('SIGNED_OUT');
    return true;
  }

  async #identify(request: FastifyRequest): Promise<void> {
    const token = readSessionToken(request, this.config);
    const known = token === undefined ? undefined : await this.sessions.actorOf(token, request.headwater.correlationId);
    request.actor = known?.actor;
    request.sessionHash = known?.hash;
  }
}

function isReading(request: FastifyRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
}

/** A role that the operator has granted on paper counts only once the organisation is admitted. */
export function assertAllowed(actor: Actor, rule: AccessRule): void {
  if (rule.user && !rule.user.some((role) => actor.userRoles.includes(role))) throw new DomainError('FORBIDDEN');
  if (rule.member && !rule.member.some((role) => actor.memberRoles.includes(role))) throw new DomainError('FORBIDDEN');
  if ((rule.member || rule.admitted) && !actor.admitted) throw new DomainError('ORGANISATION_NOT_ADMITTED');
}
