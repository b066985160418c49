import { Module } from '@nestjs/common';
import { RegisterModule } from '../register/register.module.js';
import { CreditController } from './credit.controller.js';
import { CreditService } from './credit.service.js';

@Module({
  imports: [RegisterModule],
  controllers: [CreditController],
  providers: [CreditService],
  exports: [CreditService],
})
export class CreditModule {}
