import { z } from 'zod';
import { type Day, parseDay } from '../../../common/day.js';
import { CURRENCIES } from '../../../common/money.js';
import { MEMBER_ROLES } from '../../../common/roles.js';
import type { RegisterCall, Word } from '../register.js';

/**
 * The stored form of a RegisterCall (ops.operation.call): JSON in which whole amounts are decimal strings and instants
 * RFC 3339, because JSON numbers are floats. What is read back is parsed, never assumed.
 */

const memberId = z.int().min(1).max(0xffff_ffff);
const amount = z
  .string()
  .regex(/^\d{1,40}$/)
  .transform(BigInt);
const word = z
  .string()
  .regex(/^0x[0-9a-f]*$/)
  .transform((text): Word => `0x${text.slice(2)}`);
const day = z.string().transform((text): Day => parseDay(text));
const instant = z.iso.datetime().transform((text) => new Date(text));
const currency = z.enum(CURRENCIES);

const quoteTerms = z.object({
  payable: word,
  bankMember: memberId,
  holderMember: memberId,
  units: amount,
  price: amount,
  currency,
  nonce: amount,
  deadline: instant,
});

const CallSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ADMIT_MEMBER'),
    memberId,
    roles: z.array(z.enum(MEMBER_ROLES)),
    obligorGroup: z.int().min(0).max(0xffff_ffff),
    validUntil: day,
  }),
  z.object({
    kind: z.literal('SET_CREDIT_LIMIT'),
    bankMember: memberId,
    obligorGroup: z.int().min(1).max(0xffff_ffff),
    currency,
    amount,
  }),
  z.object({
    kind: z.literal('ISSUE_PAYABLE'),
    buyerMember: memberId,
    supplierMember: memberId,
    fingerprint: word,
    revision: z.int().min(0).max(0xffff_ffff),
    face: amount,
    currency,
    dueDay: day,
    termsHash: word,
    documentHash: word,
    evidenceHash: word,
  }),
  z.object({
    kind: z.literal('PASS_UNITS'),
    payable: word,
    fromMember: memberId,
    toMember: memberId,
    units: amount,
    evidenceHash: word,
  }),
  z.object({ kind: z.literal('FILL_QUOTE'), terms: quoteTerms, signature: word }),
  z.object({ kind: z.literal('PAY_PAYABLE'), payerMember: memberId, payable: word, amount, expectedPaid: amount }),
  z.object({ kind: z.literal('CLAIM'), payable: word, holderMembers: z.array(memberId).min(1) }),
  z.object({
    kind: z.literal('MINT_MONEY'),
    settlementBankMember: memberId,
    toMember: memberId,
    currency,
    amount,
    reference: z.string().min(1),
  }),
  z.object({
    kind: z.literal('TRANSFER_MONEY'),
    fromMember: memberId,
    toMember: memberId,
    currency,
    amount,
    payoutId: z.uuid().optional(),
  }),
  z.object({
    kind: z.literal('BURN_MONEY'),
    settlementBankMember: memberId,
    currency,
    amount,
    reference: z.string().min(1),
    payoutId: z.uuid().optional(),
  }),
]);

export function encodeCall(call: RegisterCall): string {
  // Dates turn into RFC 3339 by themselves (Date.toJSON runs before the replacer).
  return JSON.stringify(call, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

/** Parses a stored call. A call this version does not know is a fault of deployment, so it throws. */
export function decodeCall(stored: unknown): RegisterCall {
  return CallSchema.parse(stored);
}
