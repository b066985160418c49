import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../../../common/day.js';
import { ABIS } from '../abis.js';
import type { RegisterCall, Word } from '../register.js';
import { decodeCall, encodeCall } from './call-codec.js';
import { type CallContext, encodeForChain, quoteOf, referenceWord, roleBits, signerOf } from './encode.js';
import { CODES, RefusalReader } from './refusals.js';

const word = (digit: string): Word => `0x${digit.repeat(64)}`;
const at = (digit: string): Word => `0x${digit.repeat(40)}`;
const terms = {
  payable: word('a'),
  bankMember: 13,
  holderMember: 12,
  units: 2n ** 88n - 1n,
  price: 1n,
  currency: 'CNY',
  nonce: 7n,
  deadline: new Date('2026-11-21T10:00:00.900Z'),
} as const;
const CALLS: readonly RegisterCall[] = [
  {
    kind: 'ADMIT_MEMBER',
    memberId: 10,
    roles: ['BUYER', 'SUPPLIER'],
    obligorGroup: 3,
    validUntil: parseDay('2027-01-01'),
  },
  { kind: 'SET_CREDIT_LIMIT', bankMember: 13, obligorGroup: 3, currency: 'CNY', amount: 2n ** 100n },
  {
    kind: 'ISSUE_PAYABLE',
    buyerMember: 10,
    supplierMember: 11,
    fingerprint: word('1'),
    revision: 0,
    face: 2n ** 88n - 1n,
    currency: 'CNY',
    dueDay: parseDay('2027-02-28'),
    termsHash: word('2'),
    documentHash: word('3'),
    evidenceHash: word('4'),
  },
  { kind: 'PASS_UNITS', payable: word('a'), fromMember: 11, toMember: 12, units: 5n, evidenceHash: word('b') },
  { kind: 'FILL_QUOTE', terms, signature: `0x${'c'.repeat(130)}` },
  { kind: 'PAY_PAYABLE', payerMember: 10, payable: word('a'), amount: 5n, expectedPaid: 0n },
  { kind: 'CLAIM', payable: word('a'), holderMembers: [11] },
  { kind: 'MINT_MONEY', settlementBankMember: 2, toMember: 10, currency: 'CNY', amount: 5n, reference: '参考 1' },
  { kind: 'TRANSFER_MONEY', fromMember: 10, toMember: 2, currency: 'CNY', amount: 5n },
  {
    kind: 'TRANSFER_MONEY',
    fromMember: 10,
    toMember: 2,
    currency: 'CNY',
    amount: 5n,
    payoutId: '0198c1f0-0000-7000-8000-000000000001',
  },
  {
    kind: 'TRANSFER_MONEY',
    fromMember: 2,
    toMember: 10,
    currency: 'CNY',
    amount: 5n,
    payoutId: '0198c1f0-0000-7000-8000-000000000001',
  },
  { kind: 'BURN_MONEY', settlementBankMember: 2, currency: 'CNY', amount: 5n, reference: 'X' },
  {
    kind: 'BURN_MONEY',
    settlementBankMember: 2,
    currency: 'CNY',
    amount: 5n,
    reference: 'X',
    payoutId: '0198c1f0-0000-7000-8000-000000000001',
  },
];
const CONTEXT: CallContext = {
  abis: ABIS,
  members: at('1'),
  payables: at('2'),
  exchange: at('3'),
  creditLimits: at('4'),
  cashAssets: [{ cashAsset: 4, currency: 'CNY', token: at('5'), issuer: 2 }],
  operatorMember: 1,
  fingerprintScheme: async () => 2,
  memberKey: async () => at('6'),
  newMemberKey: async () => at('7'),
};

describe('stored calls', () => {
  it.each(CALLS.map((call) => [call.kind, call] as const))('%s comes back as it was', (_, call) => {
    expect(decodeCall(JSON.parse(encodeCall(call)))).toEqual(call);
  });
  it.each([
    {},
    { kind: 'MAKE_MONEY' },
    { kind: 'CLAIM', payable: word('a'), holderMembers: [] },
    { kind: 'PAY_PAYABLE', payerMember: 10, payable: word('a'), amount: '-5', expectedPaid: '0' },
    { kind: 'PAY_PAYABLE', payerMember: 10, payable: word('a'), amount: 5, expectedPaid: '0' },
    { kind: 'PAY_PAYABLE', payerMember: 0, payable: word('a'), amount: '5', expectedPaid: '0' },
  ])('refuses %j', (stored) => {
    expect(() => decodeCall(stored)).toThrow();
  });
});

describe('calls on the chain', () => {
  it.each([
    ['admit', 0, at('1'), 'GOVERNANCE:MEMBERSHIP'],
    ['setLimit', 1, at('4'), 'MEMBER:13'],
    ['issue', 2, at('2'), 'MEMBER:10'],
    ['pass', 3, at('2'), 'MEMBER:11'],
    ['fill', 4, at('3'), 'MEMBER:12'],
    ['pay', 5, at('2'), 'MEMBER:10'],
    ['claim', 6, at('2'), 'MEMBER:1'],
    ['mint', 7, at('5'), 'MEMBER:2'],
    ['transferFrom', 8, at('5'), 'MEMBER:10'],
    ['askPayout', 9, at('5'), 'MEMBER:10'],
    ['returnPayout', 10, at('5'), 'MEMBER:2'],
    ['burn', 11, at('5'), 'MEMBER:2'],
    ['confirmPayout', 12, at('5'), 'MEMBER:2'],
  ])('%s goes to its contract, signed by who may', async (verb, index, to, signer) => {
    const call = CALLS[index];
    if (call === undefined) throw new Error('no such call');
    const encoded = await encodeForChain(call, CONTEXT);
    const parsed = Object.values(ABIS)
      .map((abi) => abi.parseTransaction({ data: encoded.data }))
      .find((transaction) => transaction !== null);
    expect([parsed?.name, encoded.to, signerOf(call, 1)]).toEqual([verb, to, signer]);
    // Under the cap of one transaction (EIP-7825) with room for many in a block.
    expect(encoded.gas).toBeLessThanOrEqual(500_000);
  });

  it('admits a supplier and nothing else without delay', async () => {
    const call = {
      kind: 'ADMIT_MEMBER',
      memberId: 11,
      roles: ['SUPPLIER'],
      obligorGroup: 0,
      validUntil: parseDay('2027-01-01'),
    } as const;
    const { data } = await encodeForChain(call, CONTEXT);
    expect(ABIS.members.parseTransaction({ data })?.name).toBe('admitSupplier');
  });

  it('names the currency that is not settled', async () => {
    const call = { kind: 'TRANSFER_MONEY', fromMember: 1, toMember: 2, currency: 'JPY', amount: 1n } as const;
    await expect(encodeForChain(call, CONTEXT)).rejects.toMatchObject({ code: 'CURRENCY_UNKNOWN' });
  });

  it('cuts a deadline down to the second, never up', () => {
    expect(quoteOf(terms, CONTEXT.cashAssets).deadline).toBe(BigInt(Date.parse('2026-11-21T10:00:00Z') / 1000));
  });

  it('adds roles as bits and keeps uses of a reference apart', () => {
    expect(roleBits(['BUYER', 'SUPPLIER', 'BANK', 'SETTLEMENT_BANK', 'SUPERVISOR', 'OPERATOR'])).toBe(63);
    expect(new Set([referenceWord('MINT', 'R'), referenceWord('BURN', 'R'), referenceWord('PAYOUT', 'R')]).size).toBe(
      3,
    );
  });
});

describe('refusals', () => {
  const reader = new RefusalReader(Object.values(ABIS));

  it.each(Object.keys(CODES))('%s is an error that a contract knows', (name) => {
    expect(Object.values(ABIS).some((abi) => abi.getError(name) !== null)).toBe(true);
  });

  it('reads name and values', () => {
    const data = ABIS.payables.encodeErrorResult('PaidMismatch', [5n, 7n]);
    expect(reader.read(`0x${data.slice(2)}`, '')).toEqual({ code: 'PAYMENT_CHANGED', detail: 'PaidMismatch(5, 7)' });
  });

  it.each([
    [undefined, 'execution reverted', 'execution reverted'],
    ['0x', 'reverted without a reason', 'reverted without a reason'],
    [`0x${'f'.repeat(72)}`, 'what is this', 'what is this'],
  ] as const)("falls back on the node's words for %s", (data, message, detail) => {
    expect(reader.read(data, message)).toEqual({ code: 'REGISTER_REFUSED', detail });
  });
});
