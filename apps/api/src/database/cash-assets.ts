import { z } from 'zod';
import { DomainError } from '../common/errors.js';
import { firstRow, type Queryable } from './sql.js';

const CashAssetRow = z
  .object({ cash_asset: z.int(), issuer_id: z.uuid(), issuer_member: z.int(), issuer_name: z.string() })
  .transform((row) => ({
    cashAsset: row.cash_asset,
    issuerId: row.issuer_id,
    issuerMember: row.issuer_member,
    issuerName: row.issuer_name,
  }));
export type CashAsset = z.output<typeof CashAssetRow>;

/**
 * The deposit money a currency is settled in and the bank that issues it. There is one a currency; where the register
 * lists more, the first stays the one, because what a payable is paid in can never change. Errors: CURRENCY_UNKNOWN.
 */
export async function cashAssetOf(db: Queryable, currency: string): Promise<CashAsset> {
  const asset = await firstRow(
    db,
    CashAssetRow,
    `SELECT a.cash_asset, o.id AS issuer_id, o.member_id AS issuer_member, o.name AS issuer_name
     FROM register.cash_asset a JOIN app.organisation o ON o.member_id = a.issuer_member
     WHERE a.currency = $1 ORDER BY a.cash_asset LIMIT 1`,
    [currency],
  );
  if (!asset) throw new DomainError('CURRENCY_UNKNOWN', { currency });
  return asset;
}
