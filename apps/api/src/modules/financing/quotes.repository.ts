import { z } from 'zod';
import { DomainError } from '../../common/errors.js';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import { currencyColumn, instantColumn, minorColumn, partyColumn, wordColumn } from '../../common/rows.js';
import { party } from '../../database/organisations.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import type { Write } from '../../database/unit-of-work.js';
import { describePayables, type Reader } from '../payables/payable-reads.js';
import { allInRatePpm, type SalePrice } from '../pricing/pricing.js';
import {
  type PriceSchema,
  QUOTE_STATES,
  type QuoteListItemSchema,
  type QuoteQuerySchema,
  type QuoteSchema,
} from './financing.schemas.js';

export type QuoteResponse = z.infer<typeof QuoteSchema>;
export type PriceResponse = z.infer<typeof PriceSchema>;
export type QuoteListItem = z.infer<typeof QuoteListItemSchema>;

const QuoteRow = z.object({
  id: z.uuid(),
  request_id: z.uuid(),
  bank: partyColumn,
  units: minorColumn,
  rate_ppm: z.int(),
  days: z.int(),
  discount: minorColumn,
  fee: minorColumn,
  proceeds: minorColumn,
  state: z.enum(QUOTE_STATES),
  created_at: instantColumn,
  expires_at: instantColumn,
  decided_at: instantColumn.nullable(),
});
type QuoteRow = z.output<typeof QuoteRow>;

/** $2 is the present instant: a quote whose deadline has passed reads as expired at once. */
const STATE = `CASE WHEN q.state = 'OFFERED' AND q.expires_at <= $2 THEN 'EXPIRED' ELSE q.state END`;
const COLUMNS = `q.id, q.request_id, ${party('k')} AS bank, q.units, q.rate_ppm, q.days, q.discount, q.fee, q.proceeds,
  ${STATE} AS state, q.created_at, q.expires_at, q.decided_at`;

/** Quotes by request, as far as the reader may see them: the holder all on its request, a bank its own. */
export async function quotesOfRequests(
  db: Queryable,
  { actor, now }: Reader,
  requestIds: readonly string[],
): Promise<Map<string, QuoteResponse[]>> {
  const found = await rows(
    db,
    QuoteRow,
    `SELECT ${COLUMNS} FROM app.quote q JOIN app.organisation k ON k.id = q.bank_id
     JOIN app.financing_request f ON f.id = q.request_id
     WHERE q.request_id = ANY ($3) AND (q.bank_id = $1 OR f.holder_id = $1) ORDER BY q.id`,
    [actor.organisationId, now, requestIds],
  );
  return Map.groupBy(found.map(toQuoteResponse), (quote) => quote.requestId);
}

const QuoteListRow = QuoteRow.extend({ payable_id: z.uuid(), holder: partyColumn });

/** The bank's own quotes, each with what it would buy and from whom. */
export async function listQuotes(
  db: Queryable,
  reader: Reader,
  query: z.output<typeof QuoteQuerySchema>,
): Promise<Page<QuoteListItem>> {
  const found = await rows(
    db,
    QuoteListRow,
    `SELECT ${COLUMNS}, f.payable_id, ${party('h')} AS holder
     FROM app.quote q JOIN app.organisation k ON k.id = q.bank_id
     JOIN app.financing_request f ON f.id = q.request_id JOIN app.organisation h ON h.id = f.holder_id
     WHERE q.bank_id = $1 AND ($3::uuid IS NULL OR q.id < $3) AND ($4::text IS NULL OR ${STATE} = $4)
     ORDER BY q.id DESC LIMIT $5`,
    [reader.actor.organisationId, reader.now, cursorId(query.cursor) ?? null, query.state ?? null, query.limit + 1],
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
    (row) => ({ ...toQuoteResponse(row), payable: payableOf(row.payable_id), holder: row.holder }),
  );
}

const PlaceRow = z.object({ request_id: z.uuid() });

/** The request a quote answers, for those who may see the quote. Errors: NOT_FOUND. */
export async function requestOfQuote(write: Write, quoteId: string): Promise<string> {
  const row = await firstRow(
    write.manager,
    PlaceRow,
    `SELECT q.request_id FROM app.quote q JOIN app.financing_request f ON f.id = q.request_id
     WHERE q.id = $1 AND (q.bank_id = $2 OR f.holder_id = $2)`,
    [quoteId, write.actor.organisationId],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return row.request_id;
}

const LockedRow = z.object({
  id: z.uuid(),
  bank_id: z.uuid(),
  bank_member: z.int(),
  units: minorColumn,
  proceeds: minorColumn,
  nonce: minorColumn,
  signature: z.instanceof(Buffer).transform((bytes): `0x${string}` => `0x${bytes.toString('hex')}`),
  state: z.enum(QUOTE_STATES),
  expires_at: instantColumn,
  currency: currencyColumn,
  register_id: wordColumn,
});
export type LockedQuote = z.output<typeof LockedRow>;

/** The quote, locked; its request is locked already (always in that order). Its stored state, not the clock's. */
export async function lockQuote(write: Write, id: string): Promise<LockedQuote> {
  const row = await firstRow(
    write.manager,
    LockedRow,
    `SELECT q.id, q.bank_id, k.member_id AS bank_member, q.units, q.proceeds, q.nonce, q.signature, q.state, q.expires_at,
       p.currency, p.register_id
     FROM app.quote q JOIN app.organisation k ON k.id = q.bank_id
     JOIN app.financing_request f ON f.id = q.request_id JOIN app.payable p ON p.id = f.payable_id
     WHERE q.id = $1 FOR UPDATE OF q`,
    [id],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}

function toQuoteResponse(row: QuoteRow): QuoteResponse {
  return {
    id: row.id,
    requestId: row.request_id,
    bank: row.bank,
    price: toPriceResponse(priceOf(row)),
    state: row.state,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    decidedAt: row.decided_at?.toISOString(),
  };
}

function priceOf(row: QuoteRow): SalePrice {
  const { units, days, discount, fee, proceeds } = row;
  return {
    units,
    ratePpm: row.rate_ppm,
    days,
    fee,
    discount,
    proceeds,
    allInRatePpm: Number(allInRatePpm(units, proceeds, days)),
  };
}

export function toPriceResponse(price: SalePrice): PriceResponse {
  return {
    units: price.units.toString(),
    ratePpm: price.ratePpm,
    days: price.days,
    dayCount: 'ACT/360',
    method: 'STRAIGHT_DISCOUNT',
    discount: price.discount.toString(),
    fee: price.fee.toString(),
    proceeds: price.proceeds.toString(),
    allInRatePpm: price.allInRatePpm,
  };
}

export function fromPriceResponse(price: PriceResponse): SalePrice {
  const { ratePpm, days, allInRatePpm: rate } = price;
  return {
    ratePpm,
    days,
    allInRatePpm: rate,
    units: BigInt(price.units),
    fee: BigInt(price.fee),
    discount: BigInt(price.discount),
    proceeds: BigInt(price.proceeds),
  };
}
