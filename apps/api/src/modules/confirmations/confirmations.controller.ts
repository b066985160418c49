import { Body, Controller, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId } from '../../common/http/request.js';
import {
  ApproveDecisionSchema,
  DeclineSchema,
  InvoiceSchema,
  ProposeDecisionSchema,
} from '../invoices/invoices.schemas.js';
import { OperationSchema } from '../operations/operations.schemas.js';
import { ConfirmationsService } from './confirmations.service.js';

@Controller('invoices/:id/decision')
export class ConfirmationsController {
  constructor(private readonly confirmations: ConfirmationsService) {}

  @Post()
  @Access({ member: ['BUYER'], user: ['MAKER'] })
  @Answers(201, InvoiceSchema)
  proposeDecision(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: ProposeDecisionSchema }) body: z.output<typeof ProposeDecisionSchema>,
  ) {
    return this.confirmations.propose(actor, id, body);
  }

  /** Makers get this far so that one who tries alone is told why it takes two; the service lets only a checker through. */
  @Post('approve')
  @Access({ member: ['BUYER'], user: ['MAKER', 'CHECKER'] })
  @Answers(202, OperationSchema)
  approveDecision(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: ApproveDecisionSchema }) body: z.output<typeof ApproveDecisionSchema>,
  ) {
    return this.confirmations.approve(actor, id, body);
  }

  @Post('decline')
  @Access({ member: ['BUYER'], user: ['CHECKER'] })
  @Answers(200, InvoiceSchema)
  declineDecision(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body({ schema: DeclineSchema }) body: z.output<typeof DeclineSchema>,
  ) {
    return this.confirmations.decline(actor, id, body);
  }
}
