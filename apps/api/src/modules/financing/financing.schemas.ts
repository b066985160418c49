import { z } from 'zod';
import { IdSchema, InstantSchema, MinorSchema, PageQuerySchema, PartySchema, pageOf } from '../../common/schemas.js';
import { PayableSchema } from '../payables/payables.schemas.js';

export const REQUEST_STATES = ['OPEN', 'ACCEPTED', 'COMPLETED', 'WITHDRAWN', 'EXPIRED', 'FAILED'] as const;
export const QUOTE_STATES = ['OFFERED', 'ACCEPTED', 'COMPLETED', 'WITHDRAWN', 'EXPIRED', 'LOST', 'FAILED'] as const;

/**
 * The price of a sale and how it comes about. discount = units x rate x days / 360 (straight, ACT/360), rounded half up
 * once; proceeds = units - discount - fee. `allInRatePpm` is the yearly simple rate on the proceeds, in millionths.
 */
export const PriceSchema = z
  .object({
    units: MinorSchema,
    ratePpm: z.int().meta({ description: 'Yearly discount rate in millionths: 40000 = 4 %' }),
    days: z.int(),
    dayCount: z.literal('ACT/360'),
    method: z.literal('STRAIGHT_DISCOUNT'),
    discount: MinorSchema,
    fee: MinorSchema,
    proceeds: MinorSchema,
    allInRatePpm: z.int(),
  })
  .meta({ id: 'Price' });

/** What else the supplier could do; `better` says which choice leaves the most money, by the figures shown. */
export const FairPriceSchema = z
  .object({
    price: PriceSchema,
    holdToMaturity: z.object({ proceeds: MinorSchema, days: z.int() }),
    bankLoan: z.object({ ratePpm: z.int(), cost: MinorSchema, source: z.string() }),
    warning: z.boolean().meta({ description: 'The offer costs more than the reference loan' }),
  })
  .meta({ id: 'FairPrice' });

export const QuoteSchema = z
  .object({
    id: IdSchema,
    requestId: IdSchema,
    bank: PartySchema,
    price: PriceSchema,
    state: z.enum(QUOTE_STATES),
    createdAt: InstantSchema,
    expiresAt: InstantSchema,
    decidedAt: InstantSchema.optional(),
  })
  .meta({ id: 'Quote' });

export const FinancingRequestSchema = z
  .object({
    id: IdSchema,
    payable: PayableSchema,
    holder: PartySchema,
    units: MinorSchema,
    state: z.enum(REQUEST_STATES),
    quoteCount: z.int().meta({ description: 'Open quotes; a bank sees only its own' }),
    bestQuote: QuoteSchema.optional(),
    createdAt: InstantSchema,
    expiresAt: InstantSchema,
  })
  .meta({ id: 'FinancingRequest' });

export const FinancingRequestDetailSchema = FinancingRequestSchema.extend({
  quotes: z.array(
    QuoteSchema.extend({ fairPrice: FairPriceSchema.optional().meta({ description: 'For the holder only' }) }),
  ),
}).meta({ id: 'FinancingRequestDetail' });

export const FinancingRequestPageSchema = pageOf(FinancingRequestSchema, 'FinancingRequestPage');

export const AskFinancingSchema = z
  .strictObject({
    units: MinorSchema,
    expiresInHours: z
      .int()
      .min(1)
      .max(24 * 30)
      .default(72),
  })
  .meta({ id: 'AskFinancing' });

export const GiveQuoteSchema = z
  .strictObject({
    ratePpm: z.int().min(0).max(1_000_000),
    feeMinor: MinorSchema.default('0'),
    validMinutes: z
      .int()
      .min(1)
      .max(60 * 24 * 14)
      .default(24 * 60),
  })
  .meta({ id: 'GiveQuote' });

export const PricePreviewSchema = GiveQuoteSchema.omit({ validMinutes: true }).meta({ id: 'PricePreview' });

export const RequestQuerySchema = PageQuerySchema.extend({
  state: z.enum(REQUEST_STATES).optional(),
  q: z.string().trim().max(100).optional(),
});
export const QuoteQuerySchema = PageQuerySchema.extend({ state: z.enum(QUOTE_STATES).optional() });
export const QuoteListItemSchema = QuoteSchema.extend({ payable: PayableSchema, holder: PartySchema }).meta({
  id: 'QuoteListItem',
});
export const QuotePageSchema = pageOf(QuoteListItemSchema, 'QuotePage');
