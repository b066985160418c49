import { z } from 'zod';
import { DomainError } from '../../common/errors.js';
import { currencyColumn, dayColumn, instantColumn, minorColumn, wordColumn } from '../../common/rows.js';
import { firstRow } from '../../database/sql.js';
import type { Write } from '../../database/unit-of-work.js';
import type { DecisionFacts } from './confirmation.js';

const InvoiceRow = z.object({
  id: z.uuid(),
  state: z.enum(['SUBMITTED', 'PROPOSED', 'CONFIRMING', 'CONFIRMED', 'REJECTED', 'WITHDRAWN']),
  number: z.string(),
  issue_day: dayColumn,
  due_day: dayColumn,
  currency: currencyColumn,
  amount: minorColumn,
  fingerprint: wordColumn,
  revision: z.int(),
  document_sha256: z.string().nullable(),
  seller_id: z.uuid(),
  seller_member: z.int(),
  seller_name: z.string(),
  seller_country: z.string(),
  seller_registry_number: z.string(),
  seller_state: z.string(),
  buyer_name: z.string(),
  buyer_country: z.string(),
  buyer_registry_number: z.string(),
});
export type DecidedInvoice = z.output<typeof InvoiceRow>;

/** The buyer's own invoice, locked until the decision is stored. Errors: NOT_FOUND for anybody else's. */
export async function lockInvoice(write: Write, id: string): Promise<DecidedInvoice> {
  const row = await firstRow(
    write.manager,
    InvoiceRow,
    `SELECT i.id, i.state, i.number, i.issue_day::text, i.due_day::text, i.currency, i.amount, i.fingerprint, i.revision,
       encode(d.sha256, 'hex') AS document_sha256, s.id AS seller_id, s.member_id AS seller_member, s.name AS seller_name,
       s.country AS seller_country, s.registry_number AS seller_registry_number, s.state AS seller_state,
       b.name AS buyer_name, b.country AS buyer_country, b.registry_number AS buyer_registry_number
     FROM app.invoice i
     JOIN app.organisation s ON s.id = i.seller_id JOIN app.organisation b ON b.id = i.buyer_id
     LEFT JOIN app.document d ON d.id = i.document_id
     WHERE i.id = $1 AND i.buyer_id = $2 FOR UPDATE OF i`,
    [id, write.actor.organisationId],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}

export function factsOf(
  invoice: DecidedInvoice,
  decided: Pick<DecisionFacts, 'decision' | 'reason' | 'dueDay'>,
): DecisionFacts {
  return {
    ...decided,
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    issueDay: invoice.issue_day,
    documentSha256: invoice.document_sha256 ?? undefined,
    seller: {
      name: invoice.seller_name,
      country: invoice.seller_country,
      registryNumber: invoice.seller_registry_number,
    },
    buyer: { name: invoice.buyer_name, country: invoice.buyer_country, registryNumber: invoice.buyer_registry_number },
    currency: invoice.currency,
    amount: invoice.amount,
  };
}

const SignatoryRow = z.object({
  userId: z.string(),
  name: z.string(),
  authenticatedAt: z.string(),
  actedAt: z.string(),
});

const ConfirmationRow = z.object({
  id: z.uuid(),
  decision: z.enum(['CONFIRM', 'REJECT']),
  due_day: dayColumn,
  reason: z.string().nullable(),
  maker_id: z.uuid(),
  proposed_at: instantColumn,
  evidence: z.object({ digest: z.string(), maker: SignatoryRow }),
});
export type OpenConfirmation = z.output<typeof ConfirmationRow>;

/** The decision that waits for its checker. The invoice is locked, so nobody else can be deciding it. */
export async function openConfirmation(write: Write, invoiceId: string): Promise<OpenConfirmation> {
  const row = await firstRow(
    write.manager,
    ConfirmationRow,
    `SELECT id, decision, due_day::text, reason, maker_id, proposed_at, evidence
     FROM app.confirmation WHERE invoice_id = $1 AND state = 'PROPOSED'`,
    [invoiceId],
  );
  if (!row) throw new DomainError('CONFIRMATION_STATE', {});
  return row;
}
