import { Module } from '@nestjs/common';
import { RegisterModule } from '../register/register.module.js';
import { ConfirmationsController } from './confirmations.controller.js';
import { ConfirmationsEffects } from './confirmations.effects.js';
import { ConfirmationsService } from './confirmations.service.js';

@Module({
  imports: [RegisterModule],
  controllers: [ConfirmationsController],
  providers: [ConfirmationsService, ConfirmationsEffects],
})
export class ConfirmationsModule {}
