import { Module } from '@nestjs/common';
import { CreditModule } from '../credit/credit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { MembersModule } from '../members/members.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { RegisterModule } from '../register/register.module.js';
import { ClockService } from './clock.service.js';
import { DemoController } from './demo.controller.js';
import { DemoSeed } from './demo.seed.js';
import { HealthService } from './health.service.js';
import { MetaService } from './meta.service.js';

@Module({
  imports: [RegisterModule, IdentityModule, MembersModule, CreditModule, PaymentsModule],
  controllers: [DemoController],
  providers: [DemoSeed, ClockService, MetaService, HealthService],
})
export class DemoModule {}
