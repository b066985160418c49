import { z } from 'zod';
import {
  DaySchema,
  IdSchema,
  InstantSchema,
  MinorSchema,
  MoneySchema,
  PageQuerySchema,
  PartySchema,
  pageOf,
  shortText,
  TimelineEntrySchema,
} from '../../common/schemas.js';

/**
 * SUBMITTED: with the buyer. PROPOSED: the buyer's maker has decided, its checker has not. CONFIRMING: decided, on its
 * way to the register. CONFIRMED: a payable exists. REJECTED, WITHDRAWN: ended; a corrected invoice may be brought in.
 */
export const INVOICE_STATES = ['SUBMITTED', 'PROPOSED', 'CONFIRMING', 'CONFIRMED', 'REJECTED', 'WITHDRAWN'] as const;

export const DecisionSchema = z
  .object({
    decision: z.enum(['CONFIRM', 'REJECT']),
    dueDay: DaySchema,
    reason: z.string().optional(),
    digest: z
      .string()
      .optional()
      .meta({ description: 'SHA-256 of exactly what is decided; maker and checker see the same. For the buyer only' }),
    maker: z.string(),
    proposedAt: InstantSchema,
    checker: z.string().optional(),
    decidedAt: InstantSchema.optional(),
  })
  .meta({ id: 'Decision' });

export const InvoiceSchema = z
  .object({
    id: IdSchema,
    number: z.string(),
    seller: PartySchema,
    buyer: PartySchema,
    issueDay: DaySchema,
    dueDay: DaySchema,
    amount: MoneySchema.meta({ description: 'Amount due for payment (EN 16931 BT-115)' }),
    orderNumber: z.string().optional(),
    state: z.enum(INVOICE_STATES),
    hasDocument: z.boolean(),
    decision: DecisionSchema.optional(),
    payableId: IdSchema.optional(),
    failure: z.string().optional().meta({ description: 'Error code where the register refused the last confirmation' }),
    createdAt: InstantSchema,
  })
  .meta({ id: 'Invoice' });

export const InvoiceDetailSchema = InvoiceSchema.extend({ timeline: z.array(TimelineEntrySchema) }).meta({
  id: 'InvoiceDetail',
});
export const InvoicePageSchema = pageOf(InvoiceSchema, 'InvoicePage');

export const InvoiceQuerySchema = PageQuerySchema.extend({
  state: z.enum(INVOICE_STATES).optional(),
  q: z.string().trim().max(100).optional().meta({ description: 'Number or party name contains' }),
});

/** The same facts as an uploaded file, typed in. Parties by registry number, never by name. */
export const SubmitInvoiceSchema = z
  .strictObject({
    number: shortText(60),
    buyerRegistryNumber: shortText(40),
    issueDay: DaySchema,
    dueDay: DaySchema,
    currency: z.string().max(3),
    netMinor: MinorSchema,
    taxMinor: MinorSchema,
    payableMinor: MinorSchema,
    orderNumber: shortText(60).optional(),
  })
  .meta({ id: 'SubmitInvoice' });

export const ProposeDecisionSchema = z
  .discriminatedUnion('decision', [
    z.strictObject({
      decision: z.literal('CONFIRM'),
      dueDay: DaySchema.optional().meta({ description: 'Default: the invoice due day; may only be earlier' }),
    }),
    z.strictObject({ decision: z.literal('REJECT'), reason: shortText(500) }),
  ])
  .meta({ id: 'ProposeDecision' });

/** The checker may name the digest on its screen; an approval of anything else is then refused. */
export const ApproveDecisionSchema = z
  .strictObject({
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .optional()
  .meta({ id: 'ApproveDecision' });

export const DeclineSchema = z.strictObject({ reason: shortText(500) }).meta({ id: 'Decline' });
