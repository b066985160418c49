import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { cashAssetOf } from '../../database/cash-assets.js';
import { notifyChange } from '../../database/changes.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { OperationResponse } from '../operations/operations.schemas.js';
import type { SettledOperation } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';
import type { CreditLimitListSchema, ObligorGroupListSchema, SetCreditLimitSchema } from './credit.schemas.js';
import { findGroup, listGroups, listLimits } from './limits.js';

/** What a bank is willing to carry, and what it carries. */
@Injectable()
export class CreditService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly register: RegisterService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const look = async (manager: EntityManager, operation: SettledOperation) => {
      if (operation.organisationId !== undefined) await notifyChange(manager, 'credit', [operation.organisationId]);
    };
    this.register.onSettled('SET_CREDIT_LIMIT', { done: look, failed: look });
  }

  async limits(actor: Actor): Promise<z.infer<typeof CreditLimitListSchema>> {
    return { items: await listLimits(this.dataSource, actor, this.clock.now()) };
  }

  async groups(): Promise<z.infer<typeof ObligorGroupListSchema>> {
    return { items: await listGroups(this.dataSource) };
  }

  /** Errors: ORGANISATION_UNKNOWN, CURRENCY_UNKNOWN. */
  setLimit(actor: Actor, body: z.output<typeof SetCreditLimitSchema>): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const { currency, minor } = body.limit;
      const obligorGroup = await findGroup(write.manager, body.obligorGroup);
      await cashAssetOf(write.manager, currency);
      const operation = await this.register.enqueue(write.manager, {
        call: { kind: 'SET_CREDIT_LIMIT', bankMember: actor.memberId, obligorGroup, currency, amount: BigInt(minor) },
        organisationId: actor.organisationId,
        subjectId: actor.organisationId,
      });
      await write.audit({
        event: 'credit.limit_set',
        subjectType: 'organisation',
        subjectId: actor.organisationId,
        details: { obligorGroup: body.obligorGroup, currency, minor },
      });
      await write.notify('credit', [actor.organisationId]);
      return operation;
    });
  }
}
