import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { bytesOf, instantColumn, minorColumn } from '../../common/rows.js';
import { notifyChange } from '../../database/changes.js';
import { guard } from '../../database/locks.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OPERATION_STATES, type OperationResponse } from '../operations/operations.schemas.js';
import { requireCash } from '../payments/cash.js';
import type { PaidEvent, SettledOperation, Word } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';
import { claimable, judgePayment } from './payable.js';
import { findPayable } from './payable-reads.js';
import type { PayPayableSchema } from './payables.schemas.js';
import { PayablesService } from './payables.service.js';

const IdRow = z.object({ id: z.uuid() });
const PaymentRow = z.object({ payer_id: z.uuid(), payable_id: z.uuid() });
const OpenClaimRow = z.object({ id: z.uuid(), state: z.enum(OPERATION_STATES), created_at: instantColumn });
const HoldingRow = z.object({
  member_id: z.string().transform(Number),
  units: minorColumn,
  frozen: minorColumn,
  claimed: minorColumn,
  paid: minorColumn,
  face: minorColumn,
});

/** The end of a payable: the buyer pays, every holder is paid. */
@Injectable()
export class SettlementService implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly register: RegisterService,
    private readonly payables: PayablesService,
  ) {}

  onModuleInit(): void {
    this.register.onPaid((manager, event) => this.#claimForAll(manager, event));
    this.register.onSettled('PAY_PAYABLE', {
      done: (manager, operation) => endPayment(manager, operation, 'PAID'),
      failed: (manager, operation) => endPayment(manager, operation, 'FAILED'),
    });
    this.register.onSettled('CLAIM', {
      done: tellHolders,
      failed: tellHolders,
    });
  }

  /**
   * The buyer pays. Errors: NOT_FOUND, FORBIDDEN (not the buyer's payable), PAYABLE_STATE (also while a payment is under
   * way), FUNDS_NOT_AVAILABLE and those of `judgePayment`.
   */
  pay(actor: Actor, payableId: string, body: z.output<typeof PayPayableSchema>): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const reader = this.payables.reader(actor);
      const found = await findPayable(write.manager, reader, payableId);
      if (!found) throw new DomainError('NOT_FOUND');
      const payable = found.response;
      if (payable.buyer.id !== actor.organisationId) throw new DomainError('FORBIDDEN');
      const amount = BigInt(body.minor);
      const paid = BigInt(payable.paid.minor);
      const owed = { state: payable.state, face: BigInt(payable.face.minor), paid, dueDay: parseDay(payable.dueDay) };
      const expected = body.expectedPaidMinor === undefined ? undefined : BigInt(body.expectedPaidMinor);
      judgePayment(owed, amount, expected, reader.today);
      await requireCash(write, payable.face.currency, amount);
      const row = await firstRow(
        write.manager,
        IdRow,
        `INSERT INTO app.payment (payable_id, payer_id, amount, expected_paid, state, requested_by, requested_at)
         VALUES ($1, $2, $3, $4, 'PAYING', $5, $6)
         ON CONFLICT (payable_id) WHERE state = 'PAYING' DO NOTHING RETURNING id`,
        [payableId, actor.organisationId, amount.toString(), paid.toString(), actor.userId, write.now],
      );
      if (!row) throw new DomainError('PAYABLE_STATE', { reason: 'PAYMENT_UNDER_WAY' });
      const operation = await this.register.enqueue(write.manager, {
        // The register compares what it has as paid, so a payment that races with another can never be one too many.
        call: {
          kind: 'PAY_PAYABLE',
          payerMember: actor.memberId,
          payable: found.registerId,
          amount,
          expectedPaid: paid,
        },
        organisationId: actor.organisationId,
        subjectId: row.id,
      });
      await write.manager.query('UPDATE app.payment SET operation_id = $2 WHERE id = $1', [row.id, operation.id]);
      await write.audit({
        event: 'payable.payment_ordered',
        subjectType: 'payable',
        subjectId: payableId,
        details: { minor: amount.toString(), currency: payable.face.currency },
      });
      await write.notify('payables', [actor.organisationId], payableId);
      await write.notify('cash', [actor.organisationId]);
      return operation;
    });
  }

  /** A holder asks for what is paid and not claimed yet; normally done for it. Errors: NOT_FOUND, NOTHING_TO_CLAIM. */
  claim(actor: Actor, payableId: string): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const found = await findPayable(write.manager, this.payables.reader(actor), payableId);
      if (!found) throw new DomainError('NOT_FOUND');
      await guard(write.manager, 'holding', payableId, actor.organisationId);
      const [holding] = await holders(write.manager, found.registerId, write.now, actor.memberId);
      if (!holding || claimable(holding) === 0n) throw new DomainError('NOTHING_TO_CLAIM', {});
      const underWay = await claimUnderWay(write.manager, payableId, actor.memberId);
      if (underWay) return underWay;
      return this.#enqueueClaim(write.manager, found.registerId, payableId, [actor.memberId], actor.organisationId);
    });
  }

  /** Runs in the transaction that projects the payment, so a paid payable never waits for anybody to remember claiming. */
  async #claimForAll(manager: EntityManager, event: PaidEvent): Promise<void> {
    const payable = await firstRow(manager, IdRow, 'SELECT id FROM app.payable WHERE register_id = $1', [
      bytesOf(event.payable),
    ]);
    if (!payable) return;
    const due = (await holders(manager, event.payable, event.occurredAt)).filter((holding) => claimable(holding) > 0n);
    if (due.length === 0) return;
    const members = due.map((holding) => holding.member_id);
    await this.#enqueueClaim(manager, event.payable, payable.id, members, undefined);
  }

  #enqueueClaim(
    manager: EntityManager,
    payable: Word,
    payableId: string,
    holderMembers: readonly number[],
    organisationId: string | undefined,
  ): Promise<OperationResponse> {
    return this.register.enqueue(manager, {
      call: { kind: 'CLAIM', payable, holderMembers },
      subjectId: payableId,
      ...(organisationId === undefined ? {} : { organisationId }),
    });
  }
}

/** Who holds units of a payable now, with what the register needs to say what is due to them. */
function holders(db: Queryable, payable: Word, now: Date, memberId?: number) {
  return rows(
    db,
    HoldingRow,
    `SELECT h.member_id::text, h.units,
       CASE WHEN h.frozen_until IS NULL OR h.frozen_until > $3 THEN least(h.frozen, h.units) ELSE 0 END AS frozen,
       h.claimed, r.paid, r.face
     FROM register.holding h JOIN register.payable r ON r.payable_id = h.payable_id
     WHERE h.payable_id = $1 AND h.units > 0 AND ($2::bigint IS NULL OR h.member_id = $2) ORDER BY h.member_id`,
    [bytesOf(payable), memberId ?? null, now],
  );
}

/** A claim that is on its way already answers a second wish for the same. */
async function claimUnderWay(
  db: Queryable,
  payableId: string,
  memberId: number,
): Promise<OperationResponse | undefined> {
  const row = await firstRow(
    db,
    OpenClaimRow,
    `SELECT id, state, created_at FROM ops.operation
     WHERE subject_id = $1 AND kind = 'CLAIM' AND state IN ('QUEUED', 'SIGNED', 'SENT')
       AND call->'holderMembers' @> to_jsonb($2::int) LIMIT 1`,
    [payableId, memberId],
  );
  return (
    row && {
      id: row.id,
      kind: 'CLAIM',
      state: row.state,
      subjectId: payableId,
      createdAt: row.created_at.toISOString(),
    }
  );
}

async function endPayment(
  manager: EntityManager,
  operation: SettledOperation,
  state: 'PAID' | 'FAILED',
): Promise<void> {
  const payment = await firstRow(
    manager,
    PaymentRow,
    `UPDATE app.payment SET state = $2 WHERE id = $1 AND state = 'PAYING' RETURNING payer_id, payable_id`,
    [operation.subjectId ?? null, state],
  );
  if (!payment) return;
  const holding = await rows(manager, IdRow, HOLDER_ORGANISATIONS, [payment.payable_id]);
  await noteEffect(manager, operation.settledAt, {
    event: state === 'PAID' ? 'payable.paid' : 'payable.payment_failed',
    subjectType: 'payable',
    subjectId: payment.payable_id,
    // A failed payment is the payer's own affair.
    organisationIds: state === 'PAID' ? [payment.payer_id, ...holding.map((row) => row.id)] : [payment.payer_id],
    topics: ['payables', 'holdings', 'cash'],
    ...(operation.error ? { details: { code: operation.error.code } } : {}),
  });
}

const HOLDER_ORGANISATIONS = `SELECT o.id FROM app.payable p JOIN register.holding h ON h.payable_id = p.register_id
  JOIN app.organisation o ON o.member_id = h.member_id WHERE p.id = $1`;

/** Claims have no row of their own: what they did is in the projection, and its readers are told to look. */
async function tellHolders(manager: EntityManager, operation: SettledOperation): Promise<void> {
  if (operation.subjectId === undefined) return;
  const holding = await rows(manager, IdRow, HOLDER_ORGANISATIONS, [operation.subjectId]);
  const organisations = holding.map((row) => row.id);
  for (const topic of ['payables', 'holdings', 'cash', 'credit'] as const) {
    await notifyChange(manager, topic, organisations, operation.subjectId);
  }
}
