import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { type Day, daysBetween } from '../../common/day.js';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import { currencyColumn, dayColumn, instantColumn, minorColumn, partyColumn, wordColumn } from '../../common/rows.js';
import { party } from '../../database/organisations.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import { seesEverything } from '../../database/timeline.js';
import { freeUnits, isOverdue } from './payable.js';
import { type HoldingSchema, PAYABLE_STATES, type PayableQuerySchema, type PayableSchema } from './payables.schemas.js';

export type PayableResponse = z.infer<typeof PayableSchema>;
export type HoldingResponse = z.infer<typeof HoldingSchema>;

/** Who reads, and when: every query here is scoped by it, so a page cannot show what its reader has no part in. */
export interface Reader {
  readonly actor: Actor;
  readonly now: Date;
  readonly today: Day;
}

const payableColumns = {
  id: z.uuid(),
  reference: z.string(),
  register_id: wordColumn,
  invoice_number: z.string().nullable(),
  buyer: partyColumn,
  supplier: partyColumn.nullable(),
  currency: currencyColumn,
  face: minorColumn,
  paid: minorColumn,
  due_day: dayColumn,
  state: z.enum(PAYABLE_STATES),
  issued_at: instantColumn,
};
const PayableRow = z.object(payableColumns);
type PayableRow = z.output<typeof PayableRow>;

const HoldingRow = z.object({
  ...payableColumns,
  held: minorColumn,
  offered: minorColumn,
  requested: minorColumn,
  frozen: minorColumn,
  received: minorColumn,
});

/** $1 organisation, $2 member and $3 whether it sees everything: the first three parameters of every query here. */
function readerParameters({ actor }: Reader): [string, number, boolean] {
  return [actor.organisationId, actor.memberId, seesEverything(actor)];
}

const COLUMNS = `p.id, p.reference, p.register_id, CASE WHEN $3 OR $1 IN (p.buyer_id, p.supplier_id) THEN i.number END AS invoice_number,
  ${party('b')} AS buyer,
  CASE WHEN $3 OR $1 IN (p.buyer_id, p.supplier_id) OR EXISTS (
    SELECT FROM register.movement m WHERE m.payable_id = p.register_id
      AND ((m.from_member = s.member_id AND m.to_member = $2) OR (m.from_member = $2 AND m.to_member = s.member_id)))
    THEN ${party('s')} END AS supplier,
  p.currency, CASE r.state WHEN 'CANCELLED' THEN r.original_face ELSE r.face END AS face, r.paid, p.due_day::text,
  r.state, r.issued_at`;

const FROM = `app.payable p
  JOIN register.payable r ON r.payable_id = p.register_id
  JOIN app.invoice i ON i.id = p.invoice_id
  JOIN app.organisation b ON b.id = p.buyer_id
  JOIN app.organisation s ON s.id = p.supplier_id`;

/** The buyer, whoever holds or held units, and those who watch everything. */
const VISIBLE = `($3 OR p.buyer_id = $1 OR EXISTS (
  SELECT FROM register.holding h WHERE h.payable_id = p.register_id AND h.member_id = $2))`;

const FILTER = `($4::uuid IS NULL OR p.id < $4) AND ($5::text IS NULL OR r.state = $5)
  AND ($6::date IS NULL OR p.due_day <= $6)
  AND ($7::text IS NULL OR strpos(lower(concat_ws(' ', p.reference, b.name,
    CASE WHEN $3 OR $1 IN (p.buyer_id, p.supplier_id) THEN concat_ws(' ', i.number, s.name) END)), lower($7)) > 0)`;

type PayableQuery = z.output<typeof PayableQuerySchema>;

function filterParameters(query: PayableQuery) {
  return [
    cursorId(query.cursor) ?? null,
    query.state ?? null,
    query.dueUntil ?? null,
    query.q || null,
    query.limit + 1,
  ];
}

export async function listPayables(db: Queryable, reader: Reader, query: PayableQuery): Promise<Page<PayableResponse>> {
  const found = await rows(
    db,
    PayableRow,
    `SELECT ${COLUMNS} FROM ${FROM} WHERE ${VISIBLE} AND ${FILTER} ORDER BY p.id DESC LIMIT $8`,
    [...readerParameters(reader), ...filterParameters(query)],
  );
  return pageOfRows(
    found,
    query.limit,
    (row) => row.id,
    (row) => toPayableResponse(row, reader),
  );
}

/** A payable the reader may see, with the register's id beside it. */
export async function findPayable(db: Queryable, reader: Reader, id: string) {
  const row = await firstRow(db, PayableRow, `SELECT ${COLUMNS} FROM ${FROM} WHERE ${VISIBLE} AND p.id = $4`, [
    ...readerParameters(reader),
    id,
  ]);
  return row && { registerId: row.register_id, response: toPayableResponse(row, reader) };
}

/**
 * Payables by id for an object that shows them (a transfer, a request). The caller has already shown that the reader may
 * see that object; parties and numbers the reader has no part in stay out as everywhere.
 */
export async function describePayables(
  db: Queryable,
  reader: Reader,
  ids: readonly string[],
): Promise<(id: string) => PayableResponse> {
  const found = await rows(db, PayableRow, `SELECT ${COLUMNS} FROM ${FROM} WHERE p.id = ANY ($4)`, [
    ...readerParameters(reader),
    [...new Set(ids)],
  ]);
  const byId = new Map(found.map((row) => [row.id, toPayableResponse(row, reader)]));
  return (id) => {
    const payable = byId.get(id);
    if (!payable) throw new Error(`payable ${id} is referred to but not on the register`);
    return payable;
  };
}

const HOLDING_COLUMNS = `${COLUMNS}, h.units AS held, h.received,
  CASE WHEN h.frozen_until IS NULL OR h.frozen_until > $4 THEN least(h.frozen, h.units) ELSE 0 END AS frozen,
  coalesce(v.offered, 0) AS offered, coalesce(v.requested, 0) AS requested`;

const HOLDING_FROM = `${FROM}
  JOIN register.holding h ON h.payable_id = p.register_id AND h.member_id = $2
  LEFT JOIN LATERAL (
    SELECT sum(u.units) FILTER (WHERE u.kind = 'OFFERED') AS offered,
      sum(u.units) FILTER (WHERE u.kind = 'REQUESTED') AS requested
    FROM app.unit_reservation u
    WHERE u.payable_id = p.id AND u.organisation_id = $1 AND u.live_until > $4) v ON TRUE`;

/** The reader's own position in one payable, in one statement: units and promises of the same moment. */
export async function findHolding(
  db: Queryable,
  reader: Reader,
  payableId: string,
): Promise<HoldingResponse | undefined> {
  const row = await firstRow(db, HoldingRow, `SELECT ${HOLDING_COLUMNS} FROM ${HOLDING_FROM} WHERE p.id = $5`, [
    ...readerParameters(reader),
    reader.now,
    payableId,
  ]);
  return row && toHoldingResponse(row, reader);
}

/** What the reader holds, and what it held until it was paid. */
export async function listHoldings(db: Queryable, reader: Reader, query: PayableQuery): Promise<Page<HoldingResponse>> {
  // One parameter more than in the other lists, so everything behind the clock moves up by one.
  const filter = FILTER.replace(/\$([4-7])/g, (_, n: string) => `$${Number(n) + 1}`);
  const found = await rows(
    db,
    HoldingRow,
    `SELECT ${HOLDING_COLUMNS} FROM ${HOLDING_FROM}
     WHERE (h.units > 0 OR h.received > 0) AND ${filter} ORDER BY p.id DESC LIMIT $9`,
    [...readerParameters(reader), reader.now, ...filterParameters(query)],
  );
  return pageOfRows(
    found,
    query.limit,
    (row) => row.id,
    (row) => toHoldingResponse(row, reader),
  );
}

export function toPayableResponse(row: PayableRow, { today }: Reader): PayableResponse {
  return {
    id: row.id,
    reference: row.reference,
    invoiceNumber: row.invoice_number ?? undefined,
    buyer: row.buyer,
    supplier: row.supplier ?? undefined,
    face: { minor: row.face.toString(), currency: row.currency },
    paid: { minor: row.paid.toString(), currency: row.currency },
    dueDay: row.due_day,
    daysToDue: daysBetween(today, row.due_day),
    state: row.state,
    overdue: isOverdue(row.state, row.due_day, today),
    confirmedAt: row.issued_at.toISOString(),
  };
}

function toHoldingResponse(row: z.output<typeof HoldingRow>, reader: Reader): HoldingResponse {
  return {
    payable: toPayableResponse(row, reader),
    held: row.held.toString(),
    free: freeUnits(row).toString(),
    offered: row.offered.toString(),
    requested: row.requested.toString(),
    frozen: row.frozen.toString(),
    received: row.received.toString(),
  };
}
