import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import type { Page } from '../../common/http/page.js';
import type { PageQuerySchema } from '../../common/schemas.js';
import { cashAssetOf } from '../../database/cash-assets.js';
import { guard } from '../../database/locks.js';
import { organisationById } from '../../database/organisations.js';
import { firstRow } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { OperationResponse } from '../operations/operations.schemas.js';
import type { SettledOperation } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';
import type { RecordDepositSchema } from './payments.schemas.js';
import { type DepositResponse, listDeposits, requireFreshReference } from './payouts.repository.js';

const IdRow = z.object({ id: z.uuid() });
const DepositRow = z.object({ id: z.uuid(), organisation_id: z.uuid(), settlement_bank_id: z.uuid() });

/** Money in: the settlement bank says what has arrived for a member, and the member has it here. */
@Injectable()
export class DepositsService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly register: RegisterService,
  ) {}

  onModuleInit(): void {
    this.register.onSettled('MINT_MONEY', {
      done: (manager, operation) => end(manager, operation, 'BOOKED'),
      failed: (manager, operation) => end(manager, operation, 'FAILED'),
    });
  }

  list(actor: Actor, query: z.output<typeof PageQuerySchema>): Promise<Page<DepositResponse>> {
    return listDeposits(this.dataSource, actor, query);
  }

  /** Errors: ORGANISATION_UNKNOWN, ORGANISATION_NOT_ADMITTED, CURRENCY_UNKNOWN, ROLE_MISMATCH (not its currency), REFERENCE_USED. */
  record(actor: Actor, body: z.output<typeof RecordDepositSchema>): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const { currency, minor } = body.amount;
      const member = await organisationById(write.manager, body.organisationId);
      if (!member) throw new DomainError('ORGANISATION_UNKNOWN', {});
      if (!member.admitted) throw new DomainError('ORGANISATION_NOT_ADMITTED', { organisation: member.name });
      const asset = await cashAssetOf(write.manager, currency);
      if (asset.issuerId !== actor.organisationId) throw new DomainError('ROLE_MISMATCH', { currency });
      await guard(write.manager, 'reference', actor.organisationId);
      await requireFreshReference(write, body.bankReference);
      const row = await firstRow(
        write.manager,
        IdRow,
        `INSERT INTO app.deposit (settlement_bank_id, organisation_id, currency, amount, bank_reference, state, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, 'BOOKING', $6, $7) RETURNING id`,
        [actor.organisationId, member.id, currency, minor, body.bankReference, actor.userId, write.now],
      );
      if (!row) throw new Error('a deposit was not stored');
      const operation = await this.register.enqueue(write.manager, {
        call: {
          kind: 'MINT_MONEY',
          settlementBankMember: actor.memberId,
          toMember: member.memberId,
          currency,
          amount: BigInt(minor),
          reference: body.bankReference,
        },
        organisationId: actor.organisationId,
        subjectId: row.id,
      });
      await write.manager.query('UPDATE app.deposit SET operation_id = $2 WHERE id = $1', [row.id, operation.id]);
      await write.audit({
        event: 'deposit.recorded',
        subjectType: 'deposit',
        subjectId: row.id,
        visibleTo: [member.id],
        details: { currency, minor, reference: body.bankReference },
      });
      await write.notify('cash', [actor.organisationId, member.id], row.id);
      return operation;
    });
  }
}

async function end(manager: EntityManager, operation: SettledOperation, state: 'BOOKED' | 'FAILED'): Promise<void> {
  const deposit = await firstRow(
    manager,
    DepositRow,
    `UPDATE app.deposit SET state = $3 WHERE id = $1 AND operation_id = $2 AND state = 'BOOKING'
     RETURNING id, organisation_id, settlement_bank_id`,
    [operation.subjectId ?? null, operation.id, state],
  );
  if (!deposit) return;
  await noteEffect(manager, operation.settledAt, {
    event: state === 'BOOKED' ? 'deposit.booked' : 'deposit.failed',
    subjectType: 'deposit',
    subjectId: deposit.id,
    organisationIds: [deposit.organisation_id, deposit.settlement_bank_id],
    topics: ['cash'],
    ...(operation.error ? { details: { code: operation.error.code } } : {}),
  });
}
