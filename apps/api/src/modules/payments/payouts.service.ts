import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import type { Page } from '../../common/http/page.js';
import { cashAssetOf } from '../../database/cash-assets.js';
import { guard } from '../../database/locks.js';
import { organisationOf } from '../../database/organisations.js';
import { firstRow } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import type { OperationResponse } from '../operations/operations.schemas.js';
import type { SettledOperation } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';
import { requireCash } from './cash.js';
import { movePayout, type PayoutState } from './payment-states.js';
import type {
  ConfirmPayoutSchema,
  PayoutQuerySchema,
  RequestPayoutSchema,
  ReturnPayoutSchema,
} from './payments.schemas.js';
import { listPayouts, lockPayout, type PayoutResponse, requireFreshReference } from './payouts.repository.js';

const IdRow = z.object({ id: z.uuid() });
const PayoutRow = z.object({ id: z.uuid(), organisation_id: z.uuid(), settlement_bank_id: z.uuid() });

/** Money out: a member asks, its money goes to the settlement bank, and the bank pays it out or sends it back. */
@Injectable()
export class PayoutsService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly register: RegisterService,
  ) {}

  onModuleInit(): void {
    this.register.onSettled('TRANSFER_MONEY', {
      done: async (manager, operation) => {
        await advance(manager, operation, 'REQUESTING', 'REQUESTED');
        await advance(manager, operation, 'RETURNING', 'RETURNED');
      },
      failed: async (manager, operation) => {
        await advance(manager, operation, 'REQUESTING', 'FAILED');
        await advance(manager, operation, 'RETURNING', 'REQUESTED');
      },
    });
    this.register.onSettled('BURN_MONEY', {
      done: (manager, operation) => advance(manager, operation, 'CONFIRMING', 'PAID'),
      failed: (manager, operation) => advance(manager, operation, 'CONFIRMING', 'REQUESTED'),
    });
  }

  list(actor: Actor, query: z.output<typeof PayoutQuerySchema>): Promise<Page<PayoutResponse>> {
    return listPayouts(this.dataSource, actor, query);
  }

  /** Errors: ACCOUNT_MISSING, CURRENCY_UNKNOWN, ROLE_MISMATCH (the settlement bank itself), FUNDS_NOT_AVAILABLE. */
  request(actor: Actor, body: z.output<typeof RequestPayoutSchema>): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const { account } = await organisationOf(write.manager, actor.organisationId);
      if (!account) throw new DomainError('ACCOUNT_MISSING', {});
      const { currency } = body.amount;
      const amount = BigInt(body.amount.minor);
      const asset = await cashAssetOf(write.manager, currency);
      if (asset.issuerId === actor.organisationId) throw new DomainError('ROLE_MISMATCH', {});
      await requireCash(write, currency, amount);
      const row = await firstRow(
        write.manager,
        IdRow,
        `INSERT INTO app.payout (organisation_id, settlement_bank_id, currency, amount, account_holder, account_number, state,
           requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, $6, 'REQUESTING', $7, $8) RETURNING id`,
        [
          actor.organisationId,
          asset.issuerId,
          currency,
          amount.toString(),
          account.holder,
          account.number,
          actor.userId,
          write.now,
        ],
      );
      if (!row) throw new Error('a payout was not stored');
      const operation = await this.register.enqueue(write.manager, {
        call: {
          kind: 'TRANSFER_MONEY',
          fromMember: actor.memberId,
          toMember: asset.issuerMember,
          currency,
          amount,
          payoutId: row.id,
        },
        organisationId: actor.organisationId,
        subjectId: row.id,
      });
      await write.manager.query('UPDATE app.payout SET operation_id = $2 WHERE id = $1', [row.id, operation.id]);
      await note(write, row.id, 'payout.requested', [actor.organisationId], { currency, minor: amount.toString() });
      return operation;
    });
  }

  /** The bank has paid: the money that stands for it disappears. Errors: NOT_FOUND, PAYOUT_STATE, REFERENCE_USED. */
  confirm(actor: Actor, id: string, body: z.output<typeof ConfirmPayoutSchema>): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      await guard(write.manager, 'reference', actor.organisationId);
      const payout = await lockPayout(write, id);
      movePayout(payout.state, 'CONFIRMING');
      await requireFreshReference(write, body.bankReference);
      const operation = await this.register.enqueue(write.manager, {
        call: {
          kind: 'BURN_MONEY',
          settlementBankMember: actor.memberId,
          currency: payout.currency,
          amount: payout.amount,
          reference: body.bankReference,
          payoutId: id,
        },
        organisationId: actor.organisationId,
        subjectId: id,
      });
      await decide(write, id, 'CONFIRMING', operation.id, { bankReference: body.bankReference });
      await note(write, id, 'payout.paid_by_bank', [payout.organisation_id], { reference: body.bankReference });
      return operation;
    });
  }

  /** The bank could not pay: the money goes back. Errors: NOT_FOUND, PAYOUT_STATE. */
  return(actor: Actor, id: string, body: z.output<typeof ReturnPayoutSchema>): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const payout = await lockPayout(write, id);
      movePayout(payout.state, 'RETURNING');
      const operation = await this.register.enqueue(write.manager, {
        call: {
          kind: 'TRANSFER_MONEY',
          fromMember: actor.memberId,
          toMember: payout.organisation_member,
          currency: payout.currency,
          amount: payout.amount,
          payoutId: id,
        },
        organisationId: actor.organisationId,
        subjectId: id,
      });
      await decide(write, id, 'RETURNING', operation.id, { reason: body.reason });
      await note(write, id, 'payout.returned_by_bank', [payout.organisation_id], { reason: body.reason });
      return operation;
    });
  }
}

async function decide(
  write: Write,
  id: string,
  state: 'CONFIRMING' | 'RETURNING',
  operationId: string,
  { bankReference, reason }: { bankReference?: string; reason?: string },
): Promise<void> {
  await write.manager.query(
    `UPDATE app.payout SET state = $2, operation_id = $3, bank_reference = $4, reason = $5, decided_by = $6, decided_at = $7
     WHERE id = $1`,
    [id, state, operationId, bankReference ?? null, reason ?? null, write.actor.userId, write.now],
  );
}

async function note(
  write: Write,
  id: string,
  event: string,
  organisationIds: readonly string[],
  details: Record<string, string>,
): Promise<void> {
  await write.audit({ event, subjectType: 'payout', subjectId: id, visibleTo: organisationIds, details });
  await write.notify('cash', [write.actor.organisationId, ...organisationIds], id);
}

/**
 * Moves a payout whose operation has ended. Where the register refused a decision of the bank, it is as if the bank had
 * not decided: its reference and reason are free again.
 */
async function advance(
  manager: EntityManager,
  operation: SettledOperation,
  from: PayoutState,
  to: PayoutState,
): Promise<void> {
  const payout = await firstRow(
    manager,
    PayoutRow,
    `UPDATE app.payout SET state = $4,
       bank_reference = CASE WHEN $4 = 'REQUESTED' THEN NULL ELSE bank_reference END,
       reason = CASE WHEN $4 = 'FAILED' THEN $5 WHEN $4 = 'REQUESTED' THEN NULL ELSE reason END,
       decided_at = CASE WHEN $4 = 'REQUESTED' THEN NULL ELSE decided_at END
     WHERE id = $1 AND operation_id = $2 AND state = $3 RETURNING id, organisation_id, settlement_bank_id`,
    [operation.subjectId ?? null, operation.id, from, to, operation.error?.code ?? null],
  );
  if (!payout) return;
  await noteEffect(manager, operation.settledAt, {
    event: `payout.${to.toLowerCase()}`,
    subjectType: 'payout',
    subjectId: payout.id,
    organisationIds: [payout.organisation_id, payout.settlement_bank_id],
    topics: ['cash'],
    ...(operation.error ? { details: { code: operation.error.code } } : {}),
  });
}
