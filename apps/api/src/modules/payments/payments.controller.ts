import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId } from '../../common/http/request.js';
import { PageQuerySchema } from '../../common/schemas.js';
import { OperationSchema } from '../operations/operations.schemas.js';
import { CashService } from './cash.service.js';
import { DepositsService } from './deposits.service.js';
import {
  CashBalanceListSchema,
  CashEntryPageSchema,
  CashEntryQuerySchema,
  ConfirmPayoutSchema,
  DepositPageSchema,
  PayoutPageSchema,
  PayoutQuerySchema,
  RecordDepositSchema,
  RequestPayoutSchema,
  ReturnPayoutSchema,
} from './payments.schemas.js';
import { PayoutsService } from './payouts.service.js';

@Controller()
export class PaymentsController {
  constructor(
    private readonly cash: CashService,
    private readonly payouts: PayoutsService,
    private readonly deposits: DepositsService,
  ) {}

  @Get('cash/balances')
  @Access({ admitted: true })
  @Answers(200, CashBalanceListSchema)
  listCashBalances(@CurrentActor() actor: Actor) {
    return this.cash.balances(actor);
  }

  @Get('cash/entries')
  @Access({ admitted: true })
  @Answers(200, CashEntryPageSchema)
  listCashEntries(
    @CurrentActor() actor: Actor,
    @Query({ schema: CashEntryQuerySchema }) query: z.output<typeof CashEntryQuerySchema>,
  ) {
    return this.cash.entries(actor, query);
  }

  @Get('payouts')
  @Access({ admitted: true })
  @Answers(200, PayoutPageSchema)
  listPayouts(
    @CurrentActor() actor: Actor,
    @Query({ schema: PayoutQuerySchema }) query: z.output<typeof PayoutQuerySchema>,
  ) {
    return this.payouts.list(actor, query);
  }

  @Post('payouts')
  @Access({ admitted: true, user: ['TREASURER'] })
  @Answers(202, OperationSchema)
  requestPayout(
    @CurrentActor() actor: Actor,
    @Body({ schema: RequestPayoutSchema }) body: z.output<typeof RequestPayoutSchema>,
  ) {
    return this.payouts.request(actor, body);
  }

  @Post('payouts/:id/confirm')
  @Access({ member: ['SETTLEMENT_BANK'], user: ['TREASURER'] })
  @Answers(202, OperationSchema)
  confirmPayout(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: ConfirmPayoutSchema }) body: z.output<typeof ConfirmPayoutSchema>,
  ) {
    return this.payouts.confirm(actor, id, body);
  }

  @Post('payouts/:id/return')
  @Access({ member: ['SETTLEMENT_BANK'], user: ['TREASURER'] })
  @Answers(202, OperationSchema)
  returnPayout(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: ReturnPayoutSchema }) body: z.output<typeof ReturnPayoutSchema>,
  ) {
    return this.payouts.return(actor, id, body);
  }

  @Get('deposits')
  @Access({ admitted: true })
  @Answers(200, DepositPageSchema)
  listDeposits(
    @CurrentActor() actor: Actor,
    @Query({ schema: PageQuerySchema }) query: z.output<typeof PageQuerySchema>,
  ) {
    return this.deposits.list(actor, query);
  }

  @Post('deposits')
  @Access({ member: ['SETTLEMENT_BANK'], user: ['TREASURER'] })
  @Answers(202, OperationSchema)
  recordDeposit(
    @CurrentActor() actor: Actor,
    @Body({ schema: RecordDepositSchema }) body: z.output<typeof RecordDepositSchema>,
  ) {
    return this.deposits.record(actor, body);
  }
}
