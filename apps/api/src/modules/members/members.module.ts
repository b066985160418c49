import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { RegisterModule } from '../register/register.module.js';
import { DirectoryService } from './directory.service.js';
import { MembersController } from './members.controller.js';
import { OrganisationsService } from './organisations.service.js';

@Module({
  imports: [IdentityModule, RegisterModule],
  controllers: [MembersController],
  providers: [OrganisationsService, DirectoryService],
  exports: [OrganisationsService],
})
export class MembersModule {}
