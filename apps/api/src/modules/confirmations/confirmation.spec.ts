import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from '../../common/canonical.js';
import { parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { agreeDueDay, canonicalFacts, type DecisionFacts, decisionDigest, evidenceOf } from './confirmation.js';

const FACTS: DecisionFacts = {
  decision: 'CONFIRM',
  reason: undefined,
  invoiceId: '019a0000-0000-7000-8000-000000000001',
  invoiceNumber: 'INV-1',
  issueDay: parseDay('2026-03-01'),
  documentSha256: 'ab'.repeat(32),
  seller: { name: 'Tyre Works', country: 'CN', registryNumber: '91330100799655058B' },
  buyer: { name: 'Car Maker', country: 'CN', registryNumber: '9144030071526726XG' },
  currency: 'CNY',
  amount: 1_000_000_000n,
  dueDay: parseDay('2026-08-31'),
};

describe('the digest both persons see', () => {
  test('is stable', () => {
    expect(decisionDigest(FACTS)).toBe(decisionDigest({ ...FACTS, seller: { ...FACTS.seller } }));
    expect(decisionDigest(FACTS)).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, Partial<DecisionFacts>]>([
    ['decision', { decision: 'REJECT' }],
    ['reason', { reason: 'goods damaged' }],
    ['invoice', { invoiceId: '019a0000-0000-7000-8000-000000000002' }],
    ['number', { invoiceNumber: 'INV-2' }],
    ['issue day', { issueDay: parseDay('2026-03-02') }],
    ['document', { documentSha256: undefined }],
    ['seller', { seller: { ...FACTS.seller, registryNumber: 'X' } }],
    ['buyer', { buyer: { ...FACTS.buyer, name: 'Car Maker ' } }],
    ['currency', { currency: 'EUR' }],
    ['amount', { amount: 1_000_000_001n }],
    ['due day', { dueDay: parseDay('2026-08-30') }],
  ])('changes with the %s', (_name, change) => {
    expect(decisionDigest({ ...FACTS, ...change })).not.toBe(decisionDigest(FACTS));
  });

  test('covers every fact there is', () => {
    const text = canonicalJson(canonicalFacts(FACTS));
    for (const value of ['INV-1', '2026-03-01', 'ab'.repeat(32), '91330100799655058B', '1000000000', '2026-08-31']) {
      expect(text).toContain(value);
    }
  });
});

describe('evidence', () => {
  const maker = { userId: 'm', name: 'Mo', authenticatedAt: '2026-03-02T01:00:00Z', actedAt: '2026-03-02T02:00:00Z' };
  test('names both persons and when they proved who they are', () => {
    const checker = { ...maker, userId: 'c', name: 'Chen' };
    expect(evidenceOf(FACTS, maker, checker)).toMatchObject({ digest: decisionDigest(FACTS), maker, checker });
    expect(evidenceOf(FACTS, maker, undefined)).not.toHaveProperty('checker');
  });
});

describe('the agreed due day', () => {
  const invoice = parseDay('2026-08-31');
  const today = parseDay('2026-04-01');
  test('is the invoice day unless an earlier one is wanted', () => {
    expect(agreeDueDay(undefined, invoice, today)).toBe('2026-08-31');
    expect(agreeDueDay(parseDay('2026-08-01'), invoice, today)).toBe('2026-08-01');
    expect(agreeDueDay(today, invoice, today)).toBe('2026-04-01');
  });
  test.each([
    ['later than the invoice', '2026-09-01', '2026-08-31', '2026-04-01', 'INVOICE_DATES_WRONG'],
    ['in the past', '2026-03-31', '2026-08-31', '2026-04-01', 'DUE_DAY_PAST'],
    ['past by now', undefined, '2026-08-31', '2026-09-01', 'DUE_DAY_PAST'],
    ['too far away', undefined, '2028-08-31', '2026-04-01', 'TENOR_TOO_LONG'],
  ] as const)('may not be %s', (_name, wanted, invoiceDue, now, code) => {
    const day = wanted === undefined ? undefined : parseDay(wanted);
    expect(() => agreeDueDay(day, parseDay(invoiceDue), parseDay(now))).toThrow(new DomainError(code));
  });
});
