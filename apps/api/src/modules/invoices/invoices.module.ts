import { Module } from '@nestjs/common';
import { FingerprintKeys } from './fingerprint-keys.js';
import { InvoicesController } from './invoices.controller.js';
import { InvoicesService } from './invoices.service.js';

@Module({
  controllers: [InvoicesController],
  providers: [InvoicesService, FingerprintKeys],
})
export class InvoicesModule {}
