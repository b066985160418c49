import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import { instantColumn, minorColumn, partyColumn, wordColumn } from '../../common/rows.js';
import { party } from '../../database/organisations.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import type { Write } from '../../database/unit-of-work.js';
import { describePayables, type PayableResponse, type Reader } from './payable-reads.js';
import { PAYABLE_STATES, TRANSFER_STATES, type TransferQuerySchema, type TransferSchema } from './payables.schemas.js';

export type TransferResponse = z.infer<typeof TransferSchema>;

const TransferRow = z.object({
  id: z.uuid(),
  payable_id: z.uuid(),
  from: partyColumn,
  to: partyColumn,
  units: minorColumn,
  reference: z.string(),
  state: z.enum(TRANSFER_STATES),
  reason: z.string().nullable(),
  offered_at: instantColumn,
  expires_at: instantColumn,
  decided_at: instantColumn.nullable(),
});
type TransferRow = z.output<typeof TransferRow>;

/** $1 is the reader's organisation, $2 the present instant: an offer whose time is over reads as expired at once. */
const STATE = `CASE WHEN t.state = 'OFFERED' AND t.expires_at <= $2 THEN 'EXPIRED' ELSE t.state END`;
const SELECT = `SELECT t.id, t.payable_id, ${party('f')} AS "from", ${party('r')} AS "to", t.units, t.reference,
    ${STATE} AS state, t.reason, t.offered_at, t.expires_at, t.decided_at
  FROM app.transfer t JOIN app.organisation f ON f.id = t.from_id JOIN app.organisation r ON r.id = t.to_id
  WHERE (t.from_id = $1 OR t.to_id = $1)`;

export async function findTransfer(db: Queryable, reader: Reader, id: string): Promise<TransferResponse> {
  const row = await firstRow(db, TransferRow, `${SELECT} AND t.id = $3`, [reader.actor.organisationId, reader.now, id]);
  if (!row) throw new DomainError('NOT_FOUND');
  const payableOf = await describePayables(db, reader, [row.payable_id]);
  return toTransferResponse(row, payableOf(row.payable_id));
}

export async function listTransfers(
  db: Queryable,
  reader: Reader,
  query: z.output<typeof TransferQuerySchema>,
): Promise<Page<TransferResponse>> {
  const found = await rows(
    db,
    TransferRow,
    `${SELECT} AND ($3::uuid IS NULL OR t.id < $3)
       AND ($4::text IS NULL OR CASE $4 WHEN 'IN' THEN t.to_id ELSE t.from_id END = $1)
       AND ($5::text IS NULL OR ${STATE} = $5)
     ORDER BY t.id DESC LIMIT $6`,
    [
      reader.actor.organisationId,
      reader.now,
      cursorId(query.cursor) ?? null,
      query.direction ?? null,
      query.state ?? null,
      query.limit + 1,
    ],
  );
  const payableOf = await describePayables(
    db,
    reader,
    found.map((row) => row.payable_id),
  );
  return pageOfRows(
    found,
    query.limit,
    (row) => row.id,
    (row) => toTransferResponse(row, payableOf(row.payable_id)),
  );
}

function toTransferResponse(row: TransferRow, payable: PayableResponse): TransferResponse {
  return {
    id: row.id,
    payable,
    from: row.from,
    to: row.to,
    units: row.units.toString(),
    reference: row.reference,
    state: row.state,
    reason: row.reason ?? undefined,
    offeredAt: row.offered_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    decidedAt: row.decided_at?.toISOString(),
  };
}

const LockedRow = z.object({
  id: z.uuid(),
  payable_id: z.uuid(),
  payable_reference: z.string(),
  register_id: wordColumn,
  from_id: z.uuid(),
  from_member: z.int(),
  to_id: z.uuid(),
  to_member: z.int(),
  units: minorColumn,
  reference: z.string(),
  state: z.enum(TRANSFER_STATES),
  payable_state: z.enum(PAYABLE_STATES),
  salt: wordColumn,
  offered_by: z.uuid(),
  offered_at: instantColumn,
  expires_at: instantColumn,
});
export type LockedTransfer = z.output<typeof LockedRow>;

/** The transfer, locked, for one of its two sides. Errors: NOT_FOUND for everybody else; TRANSFER_STATE once over. */
export async function lockTransfer(write: Write, id: string, side: 'from' | 'to'): Promise<LockedTransfer> {
  const row = await firstRow(
    write.manager,
    LockedRow,
    `SELECT t.id, t.payable_id, p.reference AS payable_reference, p.register_id, t.from_id, f.member_id AS from_member,
       t.to_id, r.member_id AS to_member, t.units, t.reference, t.state, x.state AS payable_state, t.salt, t.offered_by, t.offered_at, t.expires_at
     FROM app.transfer t JOIN app.payable p ON p.id = t.payable_id
     JOIN register.payable x ON x.payable_id = p.register_id
     JOIN app.organisation f ON f.id = t.from_id JOIN app.organisation r ON r.id = t.to_id
     WHERE t.id = $1 AND (t.from_id = $2 OR t.to_id = $2) FOR UPDATE OF t`,
    [id, write.actor.organisationId],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  // The other side sees the transfer, so it is told that this is not its move.
  if (sideOf(row, write.actor) !== side) throw new DomainError('FORBIDDEN');
  if (row.state === 'OFFERED' && row.expires_at <= write.now)
    throw new DomainError('TRANSFER_STATE', { state: 'EXPIRED' });
  return row;
}

function sideOf(row: LockedTransfer, actor: Actor): 'from' | 'to' {
  return row.from_id === actor.organisationId ? 'from' : 'to';
}
