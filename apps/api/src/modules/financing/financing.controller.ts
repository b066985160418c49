import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access, WithoutIdempotencyKey } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId } from '../../common/http/request.js';
import { OperationSchema } from '../operations/operations.schemas.js';
import {
  AskFinancingSchema,
  FinancingRequestDetailSchema,
  FinancingRequestPageSchema,
  FinancingRequestSchema,
  GiveQuoteSchema,
  PricePreviewSchema,
  PriceSchema,
  QuotePageSchema,
  QuoteQuerySchema,
  QuoteSchema,
  RequestQuerySchema,
} from './financing.schemas.js';
import { QuotesService } from './quotes.service.js';
import { RequestsService } from './requests.service.js';

@Controller()
export class FinancingController {
  constructor(
    private readonly requests: RequestsService,
    private readonly quotes: QuotesService,
  ) {}

  @Post('payables/:id/financing-requests')
  @Access({ admitted: true, user: ['MAKER'] })
  @Answers(201, FinancingRequestSchema)
  askFinancing(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: AskFinancingSchema }) body: z.output<typeof AskFinancingSchema>,
  ) {
    return this.requests.ask(actor, id, body);
  }

  @Get('financing-requests')
  @Access({ admitted: true })
  @Answers(200, FinancingRequestPageSchema)
  listFinancingRequests(
    @CurrentActor() actor: Actor,
    @Query({ schema: RequestQuerySchema }) query: z.output<typeof RequestQuerySchema>,
  ) {
    return this.requests.list(actor, query);
  }

  @Get('financing-requests/:id')
  @Access({ admitted: true })
  @Answers(200, FinancingRequestDetailSchema)
  getFinancingRequest(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.requests.get(actor, id);
  }

  @Post('financing-requests/:id/withdraw')
  @Access({ admitted: true, user: ['MAKER'] })
  @Answers(200, FinancingRequestSchema)
  withdrawFinancingRequest(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.requests.withdraw(actor, id);
  }

  @Post('financing-requests/:id/price-previews')
  @Access({ member: ['BANK'] })
  @WithoutIdempotencyKey()
  @Answers(200, PriceSchema)
  previewPrice(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: PricePreviewSchema }) body: z.output<typeof PricePreviewSchema>,
  ) {
    return this.quotes.preview(actor, id, body);
  }

  @Post('financing-requests/:id/quotes')
  @Access({ member: ['BANK'], user: ['MAKER'] })
  @Answers(201, QuoteSchema)
  giveQuote(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: GiveQuoteSchema }) body: z.output<typeof GiveQuoteSchema>,
  ) {
    return this.quotes.give(actor, id, body);
  }

  @Get('quotes')
  @Access({ member: ['BANK'] })
  @Answers(200, QuotePageSchema)
  listQuotes(
    @CurrentActor() actor: Actor,
    @Query({ schema: QuoteQuerySchema }) query: z.output<typeof QuoteQuerySchema>,
  ) {
    return this.quotes.list(actor, query);
  }

  @Post('quotes/:id/accept')
  @Access({ admitted: true, user: ['MAKER'] })
  @Answers(202, OperationSchema)
  acceptQuote(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.quotes.accept(actor, id);
  }

  @Post('quotes/:id/withdraw')
  @Access({ member: ['BANK'], user: ['MAKER'] })
  @Answers(200, QuoteSchema)
  withdrawQuote(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.quotes.withdraw(actor, id);
  }
}
