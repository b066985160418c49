import { z } from 'zod';
import {
  CurrencySchema,
  IdSchema,
  InstantSchema,
  MinorSchema,
  MoneySchema,
  PageQuerySchema,
  PartySchema,
  PositiveMoneySchema,
  pageOf,
  shortText,
} from '../../common/schemas.js';
import { AccountSchema } from '../members/members.schemas.js';

export const CashBalanceSchema = z
  .object({
    currency: CurrencySchema,
    balance: MinorSchema,
    reserved: MinorSchema,
    available: MinorSchema,
    settlementBank: z.string(),
  })
  .meta({ id: 'CashBalance', description: 'balance = available + reserved (payments, quotes and payouts under way)' });
export const CashBalanceListSchema = z.object({ items: z.array(CashBalanceSchema) }).meta({ id: 'CashBalanceList' });

export const CASH_ENTRY_KINDS = ['DEPOSIT', 'PAYOUT', 'SALE', 'PAYMENT', 'CLAIM', 'PAYOUT_RETURN'] as const;
export const CashEntrySchema = z
  .object({
    id: z.string(),
    kind: z.enum(CASH_ENTRY_KINDS),
    direction: z.enum(['IN', 'OUT']),
    amount: MoneySchema,
    counterparty: PartySchema.optional(),
    payableId: IdSchema.optional(),
    payableReference: z.string().optional(),
    reference: z.string().optional(),
    occurredAt: InstantSchema,
  })
  .meta({ id: 'CashEntry' });
export const CashEntryPageSchema = pageOf(CashEntrySchema, 'CashEntryPage');
export const CashEntryQuerySchema = PageQuerySchema.extend({ currency: CurrencySchema.optional() });

/** REQUESTED: money set aside with the settlement bank. PAID: the bank has paid it out and the deposit money is gone. RETURNED: back on the balance. */
export const PAYOUT_STATES = [
  'REQUESTING',
  'REQUESTED',
  'CONFIRMING',
  'PAID',
  'RETURNING',
  'RETURNED',
  'FAILED',
] as const;
export const PayoutSchema = z
  .object({
    id: IdSchema,
    organisation: PartySchema,
    amount: MoneySchema,
    account: AccountSchema,
    state: z.enum(PAYOUT_STATES),
    reason: z.string().optional(),
    bankReference: z.string().optional(),
    requestedAt: InstantSchema,
    decidedAt: InstantSchema.optional(),
  })
  .meta({ id: 'Payout' });
export const PayoutPageSchema = pageOf(PayoutSchema, 'PayoutPage');
export const PayoutQuerySchema = PageQuerySchema.extend({ state: z.enum(PAYOUT_STATES).optional() });

export const RequestPayoutSchema = z.strictObject({ amount: PositiveMoneySchema }).meta({ id: 'RequestPayout' });
export const ConfirmPayoutSchema = z.strictObject({ bankReference: shortText(35) }).meta({ id: 'ConfirmPayout' });
export const ReturnPayoutSchema = z.strictObject({ reason: shortText(500) }).meta({ id: 'ReturnPayout' });

/** The settlement bank says that money for a member has arrived on its account. One bank reference, one effect. */
export const RecordDepositSchema = z
  .strictObject({ organisationId: IdSchema, amount: PositiveMoneySchema, bankReference: shortText(35) })
  .meta({ id: 'RecordDeposit' });
export const DepositSchema = z
  .object({
    id: IdSchema,
    organisation: PartySchema,
    amount: MoneySchema,
    bankReference: z.string(),
    state: z.enum(['BOOKING', 'BOOKED', 'FAILED']),
    recordedAt: InstantSchema,
  })
  .meta({ id: 'Deposit' });
export const DepositPageSchema = pageOf(DepositSchema, 'DepositPage');
