import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { ColleaguesController } from './colleagues.controller.js';
import { IdentityController } from './identity.controller.js';
import { LinksService } from './links.service.js';
import { PasswordsService } from './passwords.service.js';
import { SessionsService } from './sessions.service.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [IdentityController, ColleaguesController],
  providers: [
    SessionsService,
    LinksService,
    PasswordsService,
    UsersService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [SessionsService, LinksService, UsersService],
})
export class IdentityModule {}
