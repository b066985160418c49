import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import { currencyColumn, dayColumn, instantColumn, minorColumn, partyColumn } from '../../common/rows.js';
import { party } from '../../database/organisations.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import { INVOICE_STATES, type InvoiceQuerySchema, type InvoiceSchema } from './invoices.schemas.js';

export type InvoiceResponse = z.infer<typeof InvoiceSchema>;

const InvoiceRow = z.object({
  id: z.uuid(),
  number: z.string(),
  seller: partyColumn,
  buyer: partyColumn,
  issue_day: dayColumn,
  due_day: dayColumn,
  currency: currencyColumn,
  amount: minorColumn,
  order_number: z.string().nullable(),
  state: z.enum(INVOICE_STATES),
  has_document: z.boolean(),
  failure: z.string().nullable(),
  created_at: instantColumn,
  payable_id: z.uuid().nullable(),
  decision: z.enum(['CONFIRM', 'REJECT']).nullable(),
  decision_due_day: dayColumn.nullable(),
  reason: z.string().nullable(),
  digest: z.string().nullable(),
  maker: z.string().nullable(),
  proposed_at: instantColumn.nullable(),
  checker: z.string().nullable(),
  decided_at: instantColumn.nullable(),
});
type InvoiceRow = z.output<typeof InvoiceRow>;

/**
 * $1 is the reader's organisation: seller and buyer see an invoice, nobody else. The buyer sees who proposed and
 * decided; the seller learns of a decision when it is final, in the buyer's name.
 */
const SELECT = `
  SELECT i.id, i.number, ${party('s')} AS seller, ${party('b')} AS buyer, i.issue_day::text, i.due_day::text, i.currency,
    i.amount, i.order_number, i.state, i.document_id IS NOT NULL AS has_document, i.failure, i.created_at,
    p.id AS payable_id, c.decision, c.due_day::text AS decision_due_day, c.reason,
    CASE WHEN i.buyer_id = $1 THEN c.evidence->>'digest' END AS digest,
    CASE WHEN i.buyer_id = $1 THEN m.name ELSE b.name END AS maker, c.proposed_at,
    CASE WHEN i.buyer_id = $1 THEN k.name WHEN k.id IS NOT NULL THEN b.name END AS checker, c.decided_at
  FROM app.invoice i
  JOIN app.organisation s ON s.id = i.seller_id
  JOIN app.organisation b ON b.id = i.buyer_id
  LEFT JOIN LATERAL (
    SELECT * FROM app.confirmation c
    WHERE c.invoice_id = i.id AND (c.state = 'APPROVED' OR (c.state = 'PROPOSED' AND i.buyer_id = $1))
    ORDER BY c.id DESC LIMIT 1) c ON TRUE
  LEFT JOIN app.app_user m ON m.id = c.maker_id
  LEFT JOIN app.app_user k ON k.id = c.checker_id
  LEFT JOIN app.payable p ON p.invoice_id = i.id AND i.state = 'CONFIRMED'
  WHERE (i.seller_id = $1 OR i.buyer_id = $1)`;

export async function findInvoice(db: Queryable, actor: Actor, id: string): Promise<InvoiceResponse | undefined> {
  const row = await firstRow(db, InvoiceRow, `${SELECT} AND i.id = $2`, [actor.organisationId, id]);
  return row && toInvoiceResponse(row);
}

export async function listInvoices(
  db: Queryable,
  actor: Actor,
  query: z.output<typeof InvoiceQuerySchema>,
): Promise<Page<InvoiceResponse>> {
  const found = await rows(
    db,
    InvoiceRow,
    `${SELECT}
       AND ($2::uuid IS NULL OR i.id < $2)
       AND ($3::text IS NULL OR i.state = $3)
       AND ($4::text IS NULL OR strpos(lower(concat_ws(' ', i.number, i.order_number, s.name, b.name)), lower($4)) > 0)
     ORDER BY i.id DESC LIMIT $5`,
    [actor.organisationId, cursorId(query.cursor) ?? null, query.state ?? null, query.q || null, query.limit + 1],
  );
  return pageOfRows(found, query.limit, (row) => row.id, toInvoiceResponse);
}

function toInvoiceResponse(row: InvoiceRow): InvoiceResponse {
  return {
    id: row.id,
    number: row.number,
    seller: row.seller,
    buyer: row.buyer,
    issueDay: row.issue_day,
    dueDay: row.due_day,
    amount: { minor: row.amount.toString(), currency: row.currency },
    orderNumber: row.order_number ?? undefined,
    state: row.state,
    hasDocument: row.has_document,
    decision: toDecision(row),
    payableId: row.payable_id ?? undefined,
    failure: row.failure ?? undefined,
    createdAt: row.created_at.toISOString(),
  };
}

function toDecision(row: InvoiceRow): InvoiceResponse['decision'] {
  if (!row.decision || !row.decision_due_day || row.maker === null || !row.proposed_at) return undefined;
  return {
    decision: row.decision,
    dueDay: row.decision_due_day,
    reason: row.reason ?? undefined,
    digest: row.digest ?? undefined,
    maker: row.maker,
    proposedAt: row.proposed_at.toISOString(),
    checker: row.checker ?? undefined,
    decidedAt: row.decided_at?.toISOString(),
  };
}

const DocumentRow = z.object({ name: z.string(), media_type: z.string(), content: z.instanceof(Buffer) });
export type StoredDocument = z.output<typeof DocumentRow>;

/** The file as it was received, for whoever may see the invoice. */
export function findDocument(db: Queryable, actor: Actor, invoiceId: string): Promise<StoredDocument | undefined> {
  return firstRow(
    db,
    DocumentRow,
    `SELECT d.name, d.media_type, d.content FROM app.invoice i JOIN app.document d ON d.id = i.document_id
     WHERE i.id = $2 AND (i.seller_id = $1 OR i.buyer_id = $1)`,
    [actor.organisationId, invoiceId],
  );
}
