import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import { currencyColumn, instantColumn, minorColumn, partyColumn } from '../../common/rows.js';
import type { PageQuerySchema } from '../../common/schemas.js';
import { party } from '../../database/organisations.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import type { Write } from '../../database/unit-of-work.js';
import { type DepositSchema, PAYOUT_STATES, type PayoutQuerySchema, type PayoutSchema } from './payments.schemas.js';

export type PayoutResponse = z.infer<typeof PayoutSchema>;
export type DepositResponse = z.infer<typeof DepositSchema>;

const PayoutRow = z.object({
  id: z.uuid(),
  organisation: partyColumn,
  currency: currencyColumn,
  amount: minorColumn,
  account_holder: z.string(),
  account_number: z.string(),
  state: z.enum(PAYOUT_STATES),
  reason: z.string().nullable(),
  bank_reference: z.string().nullable(),
  requested_at: instantColumn,
  decided_at: instantColumn.nullable(),
});

/** A member's own payouts; to the settlement bank, those it must pay, once the money is with it. */
export async function listPayouts(
  db: Queryable,
  actor: Actor,
  query: z.output<typeof PayoutQuerySchema>,
): Promise<Page<PayoutResponse>> {
  const found = await rows(
    db,
    PayoutRow,
    `SELECT o.id, ${party('m')} AS organisation, o.currency, o.amount, o.account_holder, o.account_number, o.state,
       o.reason, o.bank_reference, o.requested_at, o.decided_at
     FROM app.payout o JOIN app.organisation m ON m.id = o.organisation_id
     WHERE (o.organisation_id = $1 OR (o.settlement_bank_id = $1 AND o.state NOT IN ('REQUESTING', 'FAILED')))
       AND ($2::uuid IS NULL OR o.id < $2) AND ($3::text IS NULL OR o.state = $3)
     ORDER BY o.id DESC LIMIT $4`,
    [actor.organisationId, cursorId(query.cursor) ?? null, query.state ?? null, query.limit + 1],
  );
  return pageOfRows(
    found,
    query.limit,
    (row) => row.id,
    (row) => ({
      id: row.id,
      organisation: row.organisation,
      amount: { minor: row.amount.toString(), currency: row.currency },
      account: { holder: row.account_holder, number: row.account_number },
      state: row.state,
      reason: row.reason ?? undefined,
      bankReference: row.bank_reference ?? undefined,
      requestedAt: row.requested_at.toISOString(),
      decidedAt: row.decided_at?.toISOString(),
    }),
  );
}

const LockedRow = z.object({
  id: z.uuid(),
  organisation_id: z.uuid(),
  organisation_member: z.int(),
  currency: currencyColumn,
  amount: minorColumn,
  state: z.enum(PAYOUT_STATES),
});
export type LockedPayout = z.output<typeof LockedRow>;

/** A payout the actor's settlement bank has to deal with, locked. Errors: NOT_FOUND. */
export async function lockPayout(write: Write, id: string): Promise<LockedPayout> {
  const row = await firstRow(
    write.manager,
    LockedRow,
    `SELECT o.id, o.organisation_id, m.member_id AS organisation_member, o.currency, o.amount, o.state
     FROM app.payout o JOIN app.organisation m ON m.id = o.organisation_id
     WHERE o.id = $1 AND o.settlement_bank_id = $2 FOR UPDATE OF o`,
    [id, write.actor.organisationId],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}

const DepositRow = z.object({
  id: z.uuid(),
  organisation: partyColumn,
  currency: currencyColumn,
  amount: minorColumn,
  bank_reference: z.string(),
  state: z.enum(['BOOKING', 'BOOKED', 'FAILED']),
  recorded_at: instantColumn,
});

/** A member's own deposits; to the settlement bank, those it booked. */
export async function listDeposits(
  db: Queryable,
  actor: Actor,
  query: z.output<typeof PageQuerySchema>,
): Promise<Page<DepositResponse>> {
  const found = await rows(
    db,
    DepositRow,
    `SELECT d.id, ${party('m')} AS organisation, d.currency, d.amount, d.bank_reference, d.state, d.recorded_at
     FROM app.deposit d JOIN app.organisation m ON m.id = d.organisation_id
     WHERE (d.organisation_id = $1 OR d.settlement_bank_id = $1) AND ($2::uuid IS NULL OR d.id < $2)
     ORDER BY d.id DESC LIMIT $3`,
    [actor.organisationId, cursorId(query.cursor) ?? null, query.limit + 1],
  );
  return pageOfRows(
    found,
    query.limit,
    (row) => row.id,
    (row) => ({
      id: row.id,
      organisation: row.organisation,
      amount: { minor: row.amount.toString(), currency: row.currency },
      bankReference: row.bank_reference,
      state: row.state,
      recordedAt: row.recorded_at.toISOString(),
    }),
  );
}

const UsedRow = z.object({ used: z.boolean() });

/** A bank's reference stands for one movement of money, in or out. Errors: REFERENCE_USED. */
export async function requireFreshReference(write: Write, bankReference: string): Promise<void> {
  const row = await firstRow(
    write.manager,
    UsedRow,
    `SELECT EXISTS (SELECT FROM app.deposit WHERE settlement_bank_id = $1 AND bank_reference = $2 AND state <> 'FAILED')
       OR EXISTS (SELECT FROM app.payout WHERE settlement_bank_id = $1 AND bank_reference = $2 AND state <> 'FAILED') AS used`,
    [write.actor.organisationId, bankReference],
  );
  if (row?.used !== false) throw new DomainError('REFERENCE_USED', { bankReference });
}
