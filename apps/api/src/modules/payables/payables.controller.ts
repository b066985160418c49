import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId } from '../../common/http/request.js';
import { OperationSchema } from '../operations/operations.schemas.js';
import {
  HoldingPageSchema,
  OfferTransferSchema,
  PayableDetailSchema,
  PayablePageSchema,
  PayableQuerySchema,
  PayPayableSchema,
  TransferSchema,
} from './payables.schemas.js';
import { PayablesService } from './payables.service.js';
import { SettlementService } from './settlement.service.js';
import { TransfersService } from './transfers.service.js';

@Controller()
export class PayablesController {
  constructor(
    private readonly payables: PayablesService,
    private readonly transfers: TransfersService,
    private readonly settlement: SettlementService,
  ) {}

  @Get('payables')
  @Access({ admitted: true })
  @Answers(200, PayablePageSchema)
  listPayables(
    @CurrentActor() actor: Actor,
    @Query({ schema: PayableQuerySchema }) query: z.output<typeof PayableQuerySchema>,
  ) {
    return this.payables.list(actor, query);
  }

  @Get('payables/:id')
  @Access({ admitted: true })
  @Answers(200, PayableDetailSchema)
  getPayable(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.payables.get(actor, id);
  }

  @Get('holdings')
  @Access({ admitted: true })
  @Answers(200, HoldingPageSchema)
  listHoldings(
    @CurrentActor() actor: Actor,
    @Query({ schema: PayableQuerySchema }) query: z.output<typeof PayableQuerySchema>,
  ) {
    return this.payables.holdings(actor, query);
  }

  @Post('payables/:id/transfers')
  @Access({ admitted: true, user: ['MAKER'] })
  @Answers(201, TransferSchema)
  offerTransfer(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: OfferTransferSchema }) body: z.output<typeof OfferTransferSchema>,
  ) {
    return this.transfers.offer(actor, id, body);
  }

  @Post('payables/:id/payments')
  @Access({ member: ['BUYER'], user: ['TREASURER'] })
  @Answers(202, OperationSchema)
  payPayable(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: PayPayableSchema }) body: z.output<typeof PayPayableSchema>,
  ) {
    return this.settlement.pay(actor, id, body);
  }

  @Post('payables/:id/claims')
  @Access({ admitted: true, user: ['MAKER', 'TREASURER'] })
  @Answers(202, OperationSchema)
  claimHolding(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.settlement.claim(actor, id);
  }
}
