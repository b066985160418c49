import { Body, Controller, Get, Post, Query, StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId, Upload, type UploadedDocument } from '../../common/http/request.js';
import {
  InvoiceDetailSchema,
  InvoicePageSchema,
  InvoiceQuerySchema,
  InvoiceSchema,
  SubmitInvoiceSchema,
} from './invoices.schemas.js';
import { InvoicesService } from './invoices.service.js';

@Controller('invoices')
export class InvoicesController {
  constructor(private readonly invoices: InvoicesService) {}

  @Get()
  @Access({ admitted: true })
  @Answers(200, InvoicePageSchema)
  listInvoices(
    @CurrentActor() actor: Actor,
    @Query({ schema: InvoiceQuerySchema }) query: z.output<typeof InvoiceQuerySchema>,
  ) {
    return this.invoices.list(actor, query);
  }

  @Post()
  @Access({ member: ['SUPPLIER'], user: ['MAKER'] })
  @Answers(201, InvoiceSchema)
  submitInvoice(
    @CurrentActor() actor: Actor,
    @Body({ schema: SubmitInvoiceSchema }) body: z.output<typeof SubmitInvoiceSchema>,
  ) {
    return this.invoices.submit(actor, body);
  }

  @Post('uploads')
  @Access({ member: ['SUPPLIER'], user: ['MAKER'] })
  @Answers(201, InvoiceSchema)
  uploadInvoice(@CurrentActor() actor: Actor, @Upload() document: UploadedDocument) {
    return this.invoices.upload(actor, document);
  }

  @Get(':id')
  @Access({ admitted: true })
  @Answers(200, InvoiceDetailSchema)
  getInvoice(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.invoices.get(actor, id);
  }

  /** Always as a download: a file somebody else made is never shown as a page of ours. */
  @Get(':id/document')
  @Access({ admitted: true })
  @Answers(200, undefined, { mediaType: 'application/xml' })
  async downloadDocument(@CurrentActor() actor: Actor, @PathId() id: string): Promise<StreamableFile> {
    const document = await this.invoices.document(actor, id);
    return new StreamableFile(document.content, {
      type: document.media_type,
      length: document.content.length,
      disposition: `attachment; filename="invoice.xml"; filename*=UTF-8''${encodeName(document.name)}`,
    });
  }

  @Post(':id/withdraw')
  @Access({ member: ['SUPPLIER'], user: ['MAKER'] })
  @Answers(200, InvoiceSchema)
  withdrawInvoice(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.invoices.withdraw(actor, id);
  }
}

/** RFC 5987: besides what encodeURIComponent leaves alone, these four must not stand bare in a header parameter. */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
