import { Module } from '@nestjs/common';
import { PayablesModule } from '../payables/payables.module.js';
import { RegisterModule } from '../register/register.module.js';
import { FinancingController } from './financing.controller.js';
import { FinancingEffects } from './financing.effects.js';
import { FinancingSweep } from './financing.sweep.js';
import { QuotesService } from './quotes.service.js';
import { RequestsService } from './requests.service.js';

@Module({
  imports: [RegisterModule, PayablesModule],
  controllers: [FinancingController],
  providers: [RequestsService, QuotesService, FinancingEffects, FinancingSweep],
})
export class FinancingModule {}
