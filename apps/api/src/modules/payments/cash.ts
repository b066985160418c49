import { z } from 'zod';
import { DomainError } from '../../common/errors.js';
import type { Currency } from '../../common/money.js';
import { minorColumn } from '../../common/rows.js';
import { guard } from '../../database/locks.js';
import { firstRow } from '../../database/sql.js';
import type { Write } from '../../database/unit-of-work.js';

const AvailableRow = z.object({ balance: minorColumn, reserved: minorColumn });

/**
 * Makes sure that the actor's organisation can spend `amount` now, and keeps others of its people from promising the
 * same money until this write ends: what is promised afterwards must be stored in this write. Balance and promises are
 * read in one statement, so a register event between them cannot be counted twice. Errors: FUNDS_NOT_AVAILABLE.
 */
export async function requireCash(write: Write, currency: Currency, amount: bigint): Promise<void> {
  const { manager, actor, now } = write;
  await guard(manager, 'cash', actor.organisationId, currency);
  const row = await firstRow(
    manager,
    AvailableRow,
    `SELECT
       coalesce((SELECT sum(d.balance) FROM register.deposit d JOIN register.cash_asset a USING (cash_asset)
         WHERE d.member_id = $2 AND a.currency = $3), 0) AS balance,
       coalesce((SELECT sum(r.amount) FROM app.cash_reservation r
         WHERE r.organisation_id = $1 AND r.currency = $3 AND r.live_until > $4), 0) AS reserved`,
    [actor.organisationId, actor.memberId, currency, now],
  );
  const available = row ? availableOf(row.balance, row.reserved) : 0n;
  if (amount > available) {
    throw new DomainError('FUNDS_NOT_AVAILABLE', { needed: `${amount}`, available: `${available}`, currency });
  }
}

/** Never below zero: a promise may outlive the money where the register took it otherwise. */
export function availableOf(balance: bigint, reserved: bigint): bigint {
  return balance > reserved ? balance - reserved : 0n;
}
