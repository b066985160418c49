import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId } from '../../common/http/request.js';
import { DeclineSchema } from '../invoices/invoices.schemas.js';
import { OperationSchema } from '../operations/operations.schemas.js';
import { TransferPageSchema, TransferQuerySchema, TransferSchema } from './payables.schemas.js';
import { TransfersService } from './transfers.service.js';

@Controller('transfers')
export class TransfersController {
  constructor(private readonly transfers: TransfersService) {}

  @Get()
  @Access({ admitted: true })
  @Answers(200, TransferPageSchema)
  listTransfers(
    @CurrentActor() actor: Actor,
    @Query({ schema: TransferQuerySchema }) query: z.output<typeof TransferQuerySchema>,
  ) {
    return this.transfers.list(actor, query);
  }

  @Get(':id')
  @Access({ admitted: true })
  @Answers(200, TransferSchema)
  getTransfer(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.transfers.get(actor, id);
  }

  @Post(':id/accept')
  @Access({ admitted: true, user: ['MAKER'] })
  @Answers(202, OperationSchema)
  acceptTransfer(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.transfers.accept(actor, id);
  }

  @Post(':id/refuse')
  @Access({ admitted: true, user: ['MAKER'] })
  @Answers(200, TransferSchema)
  refuseTransfer(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: DeclineSchema }) body: z.output<typeof DeclineSchema>,
  ) {
    return this.transfers.refuse(actor, id, body);
  }

  @Post(':id/withdraw')
  @Access({ admitted: true, user: ['MAKER'] })
  @Answers(200, TransferSchema)
  withdrawTransfer(@CurrentActor() actor: Actor, @PathId() id: string) {
    return this.transfers.withdraw(actor, id);
  }
}
