import { z } from 'zod';
import { bytesOf, instantColumn, minorColumn, partyColumn } from '../../common/rows.js';
import { party } from '../../database/organisations.js';
import { type Queryable, rows } from '../../database/sql.js';
import { seesEverything } from '../../database/timeline.js';
import type { Word } from '../register/register.js';
import type { Reader } from './payable-reads.js';
import type { MovementSchema } from './payables.schemas.js';

export type MovementResponse = z.infer<typeof MovementSchema>;

const MovementRow = z.object({
  kind: z.enum(['ISSUE', 'PASS', 'SALE', 'PAYMENT', 'CLAIM', 'SURRENDER', 'CANCEL', 'FORCED']),
  from: partyColumn.nullable(),
  to: partyColumn.nullable(),
  units: minorColumn,
  price: minorColumn.nullable(),
  occurred_at: instantColumn,
});

/** More steps than anybody reads; the whole journal is the supervisor's export. */
const MOVEMENTS_MAX = 500;

/**
 * A payable's way through its tiers, as far as the reader took part. The buyer sees every step but no price: what a
 * holder sold for is between it and its bank. A payment concerns everybody who holds.
 */
export async function movementsOf(
  db: Queryable,
  { actor }: Reader,
  registerId: Word,
  isBuyer: boolean,
): Promise<MovementResponse[]> {
  const found = await rows(
    db,
    MovementRow,
    `SELECT m.kind, CASE WHEN f.id IS NOT NULL THEN ${party('f')} END AS "from",
       CASE WHEN t.id IS NOT NULL THEN ${party('t')} END AS "to",
       CASE WHEN m.kind IN ('PAYMENT', 'CLAIM') THEN coalesce(m.amount, m.units) ELSE m.units END AS units,
       CASE WHEN m.kind = 'SALE' AND ($3 OR $2 IN (m.from_member, m.to_member)) THEN m.amount END AS price, m.occurred_at
     FROM register.movement m
     LEFT JOIN app.organisation f ON f.member_id = m.from_member
     LEFT JOIN app.organisation t ON t.member_id = m.to_member
     WHERE m.payable_id = $1 AND m.kind <> 'FREEZE' AND ($3 OR $4 OR m.kind = 'PAYMENT' OR $2 IN (m.from_member, m.to_member))
     ORDER BY m.block_number, m.log_index, m.part LIMIT ${MOVEMENTS_MAX}`,
    [bytesOf(registerId), actor.memberId, seesEverything(actor), isBuyer],
  );
  return found.map((row) => ({
    kind: row.kind,
    from: row.from ?? undefined,
    to: row.to ?? undefined,
    units: row.units.toString(),
    price: row.price?.toString(),
    occurredAt: row.occurred_at.toISOString(),
  }));
}
