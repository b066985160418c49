import { z } from 'zod';
import { DomainError } from '../../common/errors.js';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import { currencyColumn, dayColumn, instantColumn, minorColumn, partyColumn, wordColumn } from '../../common/rows.js';
import { party } from '../../database/organisations.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import type { Write } from '../../database/unit-of-work.js';
import { describePayables, type PayableResponse, type Reader } from '../payables/payable-reads.js';
import { type FinancingRequestSchema, REQUEST_STATES, type RequestQuerySchema } from './financing.schemas.js';
import { type QuoteResponse, quotesOfRequests } from './quotes.repository.js';

export type RequestResponse = z.infer<typeof FinancingRequestSchema>;

const RequestRow = z.object({
  id: z.uuid(),
  payable_id: z.uuid(),
  holder: partyColumn,
  units: minorColumn,
  state: z.enum(REQUEST_STATES),
  created_at: instantColumn,
  expires_at: instantColumn,
});
type RequestRow = z.output<typeof RequestRow>;

/**
 * $1 organisation, $2 now, $3 whether it is a bank. The holder sees its own requests; a bank sees what is open to quote
 * and what it has quoted on; nobody else sees any.
 */
const STATE = `CASE WHEN f.state = 'OPEN' AND f.expires_at <= $2 THEN 'EXPIRED' ELSE f.state END`;
const SELECT = `SELECT f.id, f.payable_id, ${party('h')} AS holder, f.units, ${STATE} AS state, f.created_at, f.expires_at
  FROM app.financing_request f
  JOIN app.organisation h ON h.id = f.holder_id
  JOIN app.payable p ON p.id = f.payable_id
  JOIN app.organisation b ON b.id = p.buyer_id
  WHERE (f.holder_id = $1 OR ($3 AND (${STATE} = 'OPEN'
    OR EXISTS (SELECT FROM app.quote q WHERE q.request_id = f.id AND q.bank_id = $1))))`;

function readerParameters({ actor, now }: Reader): [string, Date, boolean] {
  return [actor.organisationId, now, actor.memberRoles.includes('BANK')];
}

/** A request with the quotes its reader may see. Errors: NOT_FOUND. */
export async function findRequest(
  db: Queryable,
  reader: Reader,
  id: string,
): Promise<{ request: RequestResponse; quotes: QuoteResponse[] }> {
  const row = await firstRow(db, RequestRow, `${SELECT} AND f.id = $4`, [...readerParameters(reader), id]);
  if (!row) throw new DomainError('NOT_FOUND');
  const payableOf = await describePayables(db, reader, [row.payable_id]);
  const quotes = (await quotesOfRequests(db, reader, [id])).get(id) ?? [];
  return { request: toRequestResponse(row, payableOf(row.payable_id), quotes), quotes };
}

export async function listRequests(
  db: Queryable,
  reader: Reader,
  query: z.output<typeof RequestQuerySchema>,
): Promise<Page<RequestResponse>> {
  const found = await rows(
    db,
    RequestRow,
    `${SELECT} AND ($4::uuid IS NULL OR f.id < $4) AND ($5::text IS NULL OR ${STATE} = $5)
       AND ($6::text IS NULL OR strpos(lower(concat_ws(' ', p.reference, h.name, b.name)), lower($6)) > 0)
     ORDER BY f.id DESC LIMIT $7`,
    [
      ...readerParameters(reader),
      cursorId(query.cursor) ?? null,
      query.state ?? null,
      query.q || null,
      query.limit + 1,
    ],
  );
  const payableOf = await describePayables(
    db,
    reader,
    found.map((row) => row.payable_id),
  );
  const quotes = await quotesOfRequests(
    db,
    reader,
    found.map((row) => row.id),
  );
  return pageOfRows(
    found,
    query.limit,
    (row) => row.id,
    (row) => toRequestResponse(row, payableOf(row.payable_id), quotes.get(row.id) ?? []),
  );
}

/** The best quote is the one that leaves the holder the most money; of equals the earlier one. */
function toRequestResponse(
  row: RequestRow,
  payable: PayableResponse,
  quotes: readonly QuoteResponse[],
): RequestResponse {
  const open = quotes.filter((quote) => quote.state === 'OFFERED');
  const best = [...open].sort((a, b) => (BigInt(a.price.proceeds) < BigInt(b.price.proceeds) ? 1 : -1))[0];
  return {
    id: row.id,
    payable,
    holder: row.holder,
    units: row.units.toString(),
    state: row.state,
    quoteCount: open.length,
    bestQuote: best,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

const LockedRow = z.object({
  id: z.uuid(),
  state: z.enum(REQUEST_STATES),
  payable_id: z.uuid(),
  register_id: wordColumn,
  payable_state: z.string(),
  holder_id: z.uuid(),
  holder_member: z.int(),
  units: minorColumn,
  currency: currencyColumn,
  due_day: dayColumn,
  obligor_group: z.string().transform(Number).nullable(),
  expires_at: instantColumn,
});
export type LockedRequest = z.output<typeof LockedRow>;

/**
 * The request, locked until the write ends, so that accepting, quoting and withdrawing take turns. An open request whose
 * time is over comes back as EXPIRED. Visible to its holder and to banks while open. Errors: NOT_FOUND.
 */
export async function lockRequest(write: Write, id: string): Promise<LockedRequest> {
  const row = await firstRow(
    write.manager,
    LockedRow,
    `SELECT f.id, ${STATE} AS state, f.payable_id, p.register_id, r.state AS payable_state, f.holder_id,
       h.member_id AS holder_member, f.units, p.currency, p.due_day::text, b.obligor_group_id::text AS obligor_group, f.expires_at
     FROM app.financing_request f
     JOIN app.payable p ON p.id = f.payable_id JOIN register.payable r ON r.payable_id = p.register_id
     JOIN app.organisation h ON h.id = f.holder_id JOIN app.organisation b ON b.id = p.buyer_id
     WHERE f.id = $4 AND (f.holder_id = $1 OR ($3 AND (${STATE} = 'OPEN'
       OR EXISTS (SELECT FROM app.quote q WHERE q.request_id = f.id AND q.bank_id = $1))))
     FOR UPDATE OF f`,
    [write.actor.organisationId, write.now, write.actor.memberRoles.includes('BANK'), id],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}
