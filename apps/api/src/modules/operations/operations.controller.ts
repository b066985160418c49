import { Controller, Get, Headers, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor, PathId } from '../../common/http/request.js';
import { RegisterService } from '../register/register.service.js';
import {
  OperationPageSchema,
  OperationQuerySchema,
  OperationSchema,
  RegisterStatusSchema,
} from './operations.schemas.js';
import { OperationsService } from './operations.service.js';
import { preferredWaitMs } from './prefer.js';

@Controller()
export class OperationsController {
  constructor(
    private readonly operations: OperationsService,
    private readonly register: RegisterService,
  ) {}

  @Get('operations')
  @Access({})
  @Answers(200, OperationPageSchema)
  listOperations(
    @CurrentActor() actor: Actor,
    @Query({ schema: OperationQuerySchema }) query: z.output<typeof OperationQuerySchema>,
  ) {
    return this.operations.list(actor, query);
  }

  @Get('operations/:id')
  @Access({})
  @Answers(200, OperationSchema)
  getOperation(@CurrentActor() actor: Actor, @PathId() id: string, @Headers('prefer') prefer: string | undefined) {
    return this.operations.get(actor, id, preferredWaitMs(prefer));
  }

  @Get('register/status')
  @Access({ member: ['OPERATOR', 'SUPERVISOR'] })
  @Answers(200, RegisterStatusSchema)
  getRegisterStatus() {
    return this.register.status();
  }
}
