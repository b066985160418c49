import { Body, Controller, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access, WithoutIdempotencyKey } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId } from '../../common/http/request.js';
import { Config } from '../../config.js';
import { CreatedOrganisationSchema, IssuedLinkSchema, SessionSchema } from '../identity/identity.schemas.js';
import { assertTransport, letIn } from '../identity/let-in.js';
import { ownOrigin } from '../identity/transport.js';
import { DeclineSchema } from '../invoices/invoices.schemas.js';
import { OperationSchema } from '../operations/operations.schemas.js';
import { DirectoryService } from './directory.service.js';
import {
  AccountSchema,
  AdmitSchema,
  ApplySchema,
  CreateOrganisationSchema,
  DirectoryPageSchema,
  DirectoryQuerySchema,
  InviteOrganisationSchema,
  OrganisationPageSchema,
  OrganisationQuerySchema,
  OrganisationSchema,
} from './members.schemas.js';
import { OrganisationsService } from './organisations.service.js';

/** Organisations: finding them, bringing them in, deciding about them. */
@Controller()
export class MembersController {
  constructor(
    private readonly config: Config,
    private readonly organisations: OrganisationsService,
    private readonly directory: DirectoryService,
  ) {}

  @Get('directory')
  @Access({ admitted: true })
  @Answers(200, DirectoryPageSchema)
  searchDirectory(@Query({ schema: DirectoryQuerySchema }) query: z.output<typeof DirectoryQuerySchema>) {
    return this.directory.search(query);
  }

  @Put('organisation/account')
  @Access({ user: ['ADMINISTRATOR'] })
  @Answers(200, OrganisationSchema)
  setAccount(@CurrentActor() actor: Actor, @Body({ schema: AccountSchema }) body: z.output<typeof AccountSchema>) {
    return this.organisations.setAccount(actor, body);
  }

  @Post('organisation-invitations')
  @Access({ member: ['SUPPLIER', 'BUYER', 'OPERATOR'], user: ['MAKER'] })
  @Answers(201, IssuedLinkSchema, { secret: true })
  inviteOrganisation(
    @CurrentActor() actor: Actor,
    @Body({ schema: InviteOrganisationSchema }) body: z.output<typeof InviteOrganisationSchema>,
    @Req() request: FastifyRequest,
  ) {
    return this.organisations.invite(actor, body, ownOrigin(request, this.config));
  }

  @Post('links/:token/apply')
  @Access({ public: true })
  @WithoutIdempotencyKey()
  @Answers(201, SessionSchema)
  async applyForAdmission(
    @Param('token') token: string,
    @Body({ schema: ApplySchema }) body: z.output<typeof ApplySchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    assertTransport(request, this.config);
    return letIn(request, reply, await this.organisations.apply(token, body, request.headwater.correlationId));
  }

  @Get('organisations')
  @Access({ member: ['OPERATOR', 'SUPERVISOR'] })
  @Answers(200, OrganisationPageSchema)
  listOrganisations(@Query({ schema: OrganisationQuerySchema }) query: z.output<typeof OrganisationQuerySchema>) {
    return this.organisations.list(query);
  }

  @Post('organisations')
  @Access({ member: ['OPERATOR'], user: ['MAKER'] })
  @Answers(201, CreatedOrganisationSchema, { secret: true })
  createOrganisation(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateOrganisationSchema }) body: z.output<typeof CreateOrganisationSchema>,
    @Req() request: FastifyRequest,
  ) {
    return this.organisations.create(actor, body, ownOrigin(request, this.config));
  }

  @Post('organisations/:id/admit')
  @Access({ member: ['OPERATOR'], user: ['MAKER'] })
  @Answers(202, OperationSchema)
  admitOrganisation(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: AdmitSchema }) body: z.output<typeof AdmitSchema>,
  ) {
    return this.organisations.admit(actor, id, body);
  }

  @Post('organisations/:id/refuse')
  @Access({ member: ['OPERATOR'], user: ['MAKER'] })
  @Answers(200, OrganisationSchema)
  refuseOrganisation(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: DeclineSchema }) body: z.output<typeof DeclineSchema>,
  ) {
    return this.organisations.refuse(actor, id, body.reason);
  }
}
