import { Body, Controller, Delete, Get, Patch, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId } from '../../common/http/request.js';
import { Config } from '../../config.js';
import {
  ChangeRolesSchema,
  ColleaguesSchema,
  InviteColleagueSchema,
  IssuedLinkSchema,
  UserSchema,
} from './identity.schemas.js';
import type { IssuedLink } from './links.service.js';
import { ownOrigin } from './transport.js';
import type { UserResponse } from './user.js';
import { UsersService } from './users.service.js';

/** The people of one's own organisation. */
@Controller('colleagues')
export class ColleaguesController {
  constructor(
    private readonly config: Config,
    private readonly users: UsersService,
  ) {}

  @Get()
  @Access({})
  @Answers(200, ColleaguesSchema)
  listColleagues(@CurrentActor() actor: Actor): Promise<z.infer<typeof ColleaguesSchema>> {
    return this.users.list(actor);
  }

  @Post('invitations')
  @Access({ user: ['ADMINISTRATOR'] })
  @Answers(201, IssuedLinkSchema, { secret: true })
  inviteColleague(
    @CurrentActor() actor: Actor,
    @Body({ schema: InviteColleagueSchema }) body: z.infer<typeof InviteColleagueSchema>,
    @Req() request: FastifyRequest,
  ): Promise<IssuedLink> {
    return this.users.invite(actor, body.email, body.roles, ownOrigin(request, this.config));
  }

  @Delete('invitations/:id')
  @Access({ user: ['ADMINISTRATOR'] })
  @Answers(204)
  withdrawInvitation(@CurrentActor() actor: Actor, @PathId() id: string): Promise<void> {
    return this.users.withdrawInvitation(actor, id);
  }

  @Patch(':id')
  @Access({ user: ['ADMINISTRATOR'] })
  @Answers(200, UserSchema)
  changeColleagueRoles(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: ChangeRolesSchema }) body: z.infer<typeof ChangeRolesSchema>,
  ): Promise<UserResponse> {
    return this.users.changeRoles(actor, id, body.roles);
  }

  @Delete(':id')
  @Access({ user: ['ADMINISTRATOR'] })
  @Answers(204)
  removeColleague(@CurrentActor() actor: Actor, @PathId() id: string): Promise<void> {
    return this.users.remove(actor, id);
  }

  @Post(':id/password-reset')
  @Access({ user: ['ADMINISTRATOR'] })
  @Answers(201, IssuedLinkSchema, { secret: true })
  issuePasswordReset(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Req() request: FastifyRequest,
  ): Promise<IssuedLink> {
    return this.users.issueReset(actor, id, ownOrigin(request, this.config));
  }
}
