import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors.js';
import { decodeCursor, type Page, pageOfRows } from '../../common/http/page.js';
import { currencyColumn, instantColumn, minorColumn, partyColumn } from '../../common/rows.js';
import { party } from '../../database/organisations.js';
import { rows } from '../../database/sql.js';
import { availableOf } from './cash.js';
import type { CashBalanceListSchema, CashEntryQuerySchema, CashEntrySchema } from './payments.schemas.js';

type CashEntry = z.infer<typeof CashEntrySchema>;

const BalanceRow = z.object({
  currency: currencyColumn,
  balance: minorColumn,
  reserved: minorColumn,
  settlement_bank: z.string(),
});

const EntryRow = z.object({
  block_number: z.string(),
  log_index: z.int(),
  kind: z.enum(['DEPOSIT', 'PAYOUT', 'SALE', 'PAYMENT', 'CLAIM', 'PAYOUT_RETURN']),
  direction: z.enum(['IN', 'OUT']),
  currency: currencyColumn,
  amount: minorColumn,
  counterparty: partyColumn.nullable(),
  payable_id: z.uuid().nullable(),
  payable_reference: z.string().nullable(),
  reference: z.string().nullable(),
  occurred_at: instantColumn,
});

/** A member's deposit money: what it has, what it has promised, and where it came from and went. */
@Injectable()
export class CashService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** One line for every currency that is settled here, also where nothing is held. */
  async balances(actor: Actor): Promise<z.infer<typeof CashBalanceListSchema>> {
    const found = await rows(
      this.dataSource,
      BalanceRow,
      `SELECT k.currency, k.settlement_bank,
         coalesce((SELECT sum(d.balance) FROM register.deposit d JOIN register.cash_asset a USING (cash_asset)
           WHERE d.member_id = $2 AND a.currency = k.currency), 0) AS balance,
         coalesce((SELECT sum(r.amount) FROM app.cash_reservation r
           WHERE r.organisation_id = $1 AND r.currency = k.currency AND r.live_until > $3), 0) AS reserved
       FROM (SELECT DISTINCT ON (a.currency) a.currency, o.name AS settlement_bank FROM register.cash_asset a
         JOIN app.organisation o ON o.member_id = a.issuer_member ORDER BY a.currency, a.cash_asset) k
       ORDER BY k.currency`,
      [actor.organisationId, actor.memberId, this.clock.now()],
    );
    return {
      items: found.map((row) => ({
        currency: row.currency,
        balance: row.balance.toString(),
        reserved: row.reserved.toString(),
        available: availableOf(row.balance, row.reserved).toString(),
        settlementBank: row.settlement_bank,
      })),
    };
  }

  /** Newest first, in the words of the business: who, what for, under which reference. */
  async entries(actor: Actor, query: z.output<typeof CashEntryQuerySchema>): Promise<Page<CashEntry>> {
    const after = query.cursor === undefined ? undefined : placeOf(decodeCursor(query.cursor));
    const found = await rows(this.dataSource, EntryRow, ENTRIES, [
      actor.memberId,
      query.currency ?? null,
      after?.block ?? null,
      after?.index ?? null,
      query.limit + 1,
    ]);
    return pageOfRows(found, query.limit, keyOf, (row) => ({
      id: keyOf(row),
      kind: row.kind,
      direction: row.direction,
      amount: { minor: row.amount.toString(), currency: row.currency },
      counterparty: row.counterparty ?? undefined,
      payableId: row.payable_id ?? undefined,
      payableReference: row.payable_reference ?? undefined,
      reference: row.reference ?? undefined,
      occurredAt: row.occurred_at.toISOString(),
    }));
  }
}

/**
 * $1 the reader's member number. Deposits, payouts and their returns are told apart by the operation that made them: it
 * is the one whose transaction the entry stands in. The other side of a payment is everybody who holds, so none is named;
 * of a claim it is the buyer.
 */
const ENTRIES = `
  SELECT e.block_number::text, e.log_index,
    CASE e.kind WHEN 'MINT' THEN 'DEPOSIT' WHEN 'BURN' THEN 'PAYOUT'
      WHEN 'TRANSFER' THEN CASE WHEN e.from_member = a.issuer_member THEN 'PAYOUT_RETURN' ELSE 'PAYOUT' END
      ELSE e.kind END AS kind,
    CASE WHEN e.to_member = $1 THEN 'IN' ELSE 'OUT' END AS direction, a.currency, e.amount,
    CASE WHEN c.id IS NOT NULL THEN ${party('c')} END AS counterparty,
    p.id AS payable_id, p.reference AS payable_reference, coalesce(d.bank_reference, o.bank_reference) AS reference, e.occurred_at
  FROM register.deposit_entry e
  JOIN register.cash_asset a ON a.cash_asset = e.cash_asset
  LEFT JOIN ops.operation w ON w.transaction_hash = e.transaction_hash
  LEFT JOIN app.deposit d ON d.id = w.subject_id
  LEFT JOIN app.payout o ON o.id = w.subject_id
  LEFT JOIN app.payable p ON p.register_id = e.payable_id
  LEFT JOIN app.organisation f ON f.member_id = e.from_member
  LEFT JOIN app.organisation t ON t.member_id = e.to_member
  LEFT JOIN app.organisation c ON c.id = CASE
    WHEN e.kind = 'CLAIM' THEN p.buyer_id
    WHEN e.kind = 'MINT' THEN d.settlement_bank_id
    WHEN e.kind = 'BURN' THEN o.organisation_id
    WHEN e.to_member = $1 THEN f.id ELSE t.id END
  WHERE (e.from_member = $1 OR e.to_member = $1)
    AND ($2::text IS NULL OR a.currency = $2)
    AND ($3::bigint IS NULL OR (e.block_number, e.log_index) < ($3::bigint, $4::int))
  ORDER BY e.block_number DESC, e.log_index DESC LIMIT $5`;

function keyOf(row: { readonly block_number: string; readonly log_index: number }): string {
  return `${row.block_number}-${row.log_index}`;
}

function placeOf(key: string): { block: string; index: number } {
  const match = /^(\d{1,15})-(\d{1,9})$/.exec(key);
  if (!match?.[1] || !match[2]) {
    throw new DomainError('REQUEST_INVALID', { issues: [{ path: 'cursor', message: 'not a cursor of this list' }] });
  }
  return { block: match[1], index: Number(match[2]) };
}
