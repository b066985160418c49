import { Body, Controller, Get, Put } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor } from '../../common/http/request.js';
import { OperationSchema } from '../operations/operations.schemas.js';
import { CreditLimitListSchema, ObligorGroupListSchema, SetCreditLimitSchema } from './credit.schemas.js';
import { CreditService } from './credit.service.js';

@Controller()
export class CreditController {
  constructor(private readonly credit: CreditService) {}

  @Get('credit-limits')
  @Access({ member: ['BANK'] })
  @Answers(200, CreditLimitListSchema)
  listCreditLimits(@CurrentActor() actor: Actor) {
    return this.credit.limits(actor);
  }

  @Put('credit-limits')
  @Access({ member: ['BANK'], user: ['CHECKER'] })
  @Answers(202, OperationSchema)
  setCreditLimit(
    @CurrentActor() actor: Actor,
    @Body({ schema: SetCreditLimitSchema }) body: z.output<typeof SetCreditLimitSchema>,
  ) {
    return this.credit.setLimit(actor, body);
  }

  @Get('obligor-groups')
  @Access({ member: ['BANK', 'OPERATOR'] })
  @Answers(200, ObligorGroupListSchema)
  listObligorGroups() {
    return this.credit.groups();
  }
}
