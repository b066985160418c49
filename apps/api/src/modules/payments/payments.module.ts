import { Module } from '@nestjs/common';
import { RegisterModule } from '../register/register.module.js';
import { CashService } from './cash.service.js';
import { DepositsService } from './deposits.service.js';
import { PaymentsController } from './payments.controller.js';
import { PayoutsService } from './payouts.service.js';

@Module({
  imports: [RegisterModule],
  controllers: [PaymentsController],
  providers: [CashService, PayoutsService, DepositsService],
  exports: [DepositsService],
})
export class PaymentsModule {}
