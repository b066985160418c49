import { Module } from '@nestjs/common';
import { RegisterModule } from '../register/register.module.js';
import { PayablesController } from './payables.controller.js';
import { PayablesService } from './payables.service.js';
import { SettlementService } from './settlement.service.js';
import { TransfersController } from './transfers.controller.js';
import { TransfersEffects } from './transfers.effects.js';
import { TransfersService } from './transfers.service.js';
import { TransfersSweep } from './transfers.sweep.js';

@Module({
  imports: [RegisterModule],
  controllers: [PayablesController, TransfersController],
  providers: [PayablesService, TransfersService, TransfersEffects, TransfersSweep, SettlementService],
  exports: [PayablesService],
})
export class PayablesModule {}
