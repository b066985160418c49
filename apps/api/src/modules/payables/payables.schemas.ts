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

/** Stored state plus what the clock makes of it: OPEN before the first payment, PAYING after a part, PAID in full, CLOSED when every unit was surrendered. */
export const PAYABLE_STATES = ['OPEN', 'PAYING', 'PAID', 'CANCELLED', 'CLOSED'] as const;

export const PayableSchema = z
  .object({
    id: IdSchema,
    reference: z.string().meta({ description: 'Short name people use, e.g. PAY-000042' }),
    invoiceNumber: z.string().optional().meta({ description: 'Only for its seller and buyer' }),
    buyer: PartySchema,
    supplier: PartySchema.optional().meta({
      description: 'First holder; shown to the buyer and to holders it dealt with',
    }),
    face: MoneySchema,
    paid: MoneySchema,
    dueDay: DaySchema,
    daysToDue: z.int(),
    state: z.enum(PAYABLE_STATES),
    overdue: z.boolean(),
    confirmedAt: InstantSchema,
  })
  .meta({ id: 'Payable' });

/** The reader's own position. held = free + offered + requested + frozen. */
export const HoldingSchema = z
  .object({
    payable: PayableSchema,
    held: MinorSchema,
    free: MinorSchema,
    offered: MinorSchema,
    requested: MinorSchema,
    frozen: MinorSchema,
    received: MinorSchema.meta({ description: 'Money already claimed on this holding' }),
  })
  .meta({ id: 'Holding' });

/** One step of a payable's way through its tiers, as far as the reader took part in it (the buyer sees none of the prices). */
export const MovementSchema = z
  .object({
    kind: z.enum(['ISSUE', 'PASS', 'SALE', 'PAYMENT', 'CLAIM', 'SURRENDER', 'CANCEL', 'FORCED']),
    from: PartySchema.optional(),
    to: PartySchema.optional(),
    units: MinorSchema,
    price: MinorSchema.optional(),
    occurredAt: InstantSchema,
  })
  .meta({ id: 'Movement' });

export const PayableDetailSchema = PayableSchema.extend({
  holding: HoldingSchema.omit({ payable: true }).optional(),
  movements: z.array(MovementSchema),
  timeline: z.array(TimelineEntrySchema),
}).meta({ id: 'PayableDetail' });

export const PayableQuerySchema = PageQuerySchema.extend({
  state: z.enum(PAYABLE_STATES).optional(),
  dueUntil: DaySchema.optional(),
  q: z.string().trim().max(100).optional(),
});
export const PayablePageSchema = pageOf(PayableSchema, 'PayablePage');
export const HoldingPageSchema = pageOf(HoldingSchema, 'HoldingPage');

/** OFFERED reserves the units; only ACCEPTED moves the register, shown as COMPLETED once it has. */
export const TRANSFER_STATES = [
  'OFFERED',
  'ACCEPTED',
  'COMPLETED',
  'REFUSED',
  'WITHDRAWN',
  'EXPIRED',
  'FAILED',
] as const;

export const TransferSchema = z
  .object({
    id: IdSchema,
    payable: PayableSchema,
    from: PartySchema,
    to: PartySchema,
    units: MinorSchema,
    reference: z.string().meta({ description: "What is being paid, e.g. the number of the recipient's invoice" }),
    state: z.enum(TRANSFER_STATES),
    reason: z.string().optional(),
    offeredAt: InstantSchema,
    expiresAt: InstantSchema,
    decidedAt: InstantSchema.optional(),
  })
  .meta({ id: 'Transfer' });
export const TransferPageSchema = pageOf(TransferSchema, 'TransferPage');

export const OfferTransferSchema = z
  .strictObject({
    toOrganisationId: IdSchema,
    units: MinorSchema,
    reference: shortText(120),
    expiresInHours: z
      .int()
      .min(1)
      .max(24 * 30)
      .default(24 * 7),
  })
  .meta({ id: 'OfferTransfer' });

export const TransferQuerySchema = PageQuerySchema.extend({
  direction: z.enum(['IN', 'OUT']).optional(),
  state: z.enum(TRANSFER_STATES).optional(),
});

export const PayPayableSchema = z
  .strictObject({
    minor: MinorSchema,
    expectedPaidMinor: MinorSchema.optional().meta({
      description: 'What the payer saw as paid already; a differing register refuses',
    }),
  })
  .meta({ id: 'PayPayable' });
