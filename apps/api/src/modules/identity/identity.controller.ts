import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import { Access, WithoutIdempotencyKey } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor } from '../../common/http/request.js';
import { Config } from '../../config.js';
import { AcceptLinkSchema, ChangePasswordSchema, LinkSchema, SessionSchema, SignInSchema } from './identity.schemas.js';
import { assertTransport, letIn } from './let-in.js';
import { type LinkResponse, LinksService } from './links.service.js';
import { PasswordsService } from './passwords.service.js';
import { type SessionResponse, SessionsService } from './sessions.service.js';
import { clearSessionToken } from './transport.js';
import { UsersService } from './users.service.js';

/** Signing in and out, passwords and links. Nothing here is stored under an Idempotency-Key: it would hold a password. */
@Controller()
export class IdentityController {
  constructor(
    private readonly config: Config,
    private readonly sessions: SessionsService,
    private readonly passwords: PasswordsService,
    private readonly links: LinksService,
    private readonly users: UsersService,
  ) {}

  @Post('session')
  @Access({ public: true })
  @WithoutIdempotencyKey()
  @Answers(201, SessionSchema)
  async signIn(
    @Body({ schema: SignInSchema }) body: z.infer<typeof SignInSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    assertTransport(request, this.config);
    return letIn(request, reply, await this.sessions.signIn(body.email, body.password, request.ip));
  }

  @Get('session')
  @Access({})
  @Answers(200, SessionSchema)
  getSession(@Req() request: FastifyRequest): Promise<SessionResponse> {
    return this.sessions.describe(sessionOf(request));
  }

  @Delete('session')
  @Access({})
  @Answers(204)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.close(sessionOf(request));
    clearSessionToken(request, reply);
  }

  @Delete('sessions')
  @Access({})
  @Answers(204)
  async signOutEverywhere(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.users.signOutEverywhere(actor);
    clearSessionToken(request, reply);
  }

  @Post('password/change')
  @Access({})
  @WithoutIdempotencyKey()
  @Answers(204)
  async changePassword(
    @CurrentActor() actor: Actor,
    @Body({ schema: ChangePasswordSchema }) body: z.infer<typeof ChangePasswordSchema>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.passwords.change(actor, sessionOf(request), body.current, body.next);
  }

  @Get('links/:token')
  @Access({ public: true })
  @Answers(200, LinkSchema)
  async getLink(@Param('token') token: string): Promise<LinkResponse> {
    return this.links.toResponse(await this.links.find(token));
  }

  @Post('links/:token/accept')
  @Access({ public: true })
  @WithoutIdempotencyKey()
  @Answers(201, SessionSchema)
  async acceptLink(
    @Param('token') token: string,
    @Body({ schema: AcceptLinkSchema }) body: z.infer<typeof AcceptLinkSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    assertTransport(request, this.config);
    const { correlationId } = request.headwater;
    return letIn(request, reply, await this.passwords.acceptLink(token, body.name, body.password, correlationId));
  }
}

function sessionOf(request: FastifyRequest): Buffer {
  if (!request.sessionHash) throw new DomainError('SIGNED_OUT');
  return request.sessionHash;
}
