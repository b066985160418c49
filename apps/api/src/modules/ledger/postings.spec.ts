import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCIES } from '../../common/money.js';
import { assertBalanced, type MoneyEvent, type Posting, postingsOf } from './postings.js';

const member = fc.integer({ min: 1, max: 6 });
const currency = fc.constantFrom(...CURRENCIES);
const amount = fc.bigInt({ min: 1n, max: 2n ** 88n });
const payable = fc.constantFrom('0xaa', '0xbb');
const event: fc.Arbitrary<MoneyEvent> = fc.oneof(
  fc.record({ kind: fc.constant('MINT' as const), issuer: member, to: member, currency, amount }),
  fc.record({ kind: fc.constant('BURN' as const), issuer: member, from: member, currency, amount }),
  fc.record({
    kind: fc.constantFrom('TRANSFER' as const, 'SALE' as const),
    from: member,
    to: member,
    currency,
    amount,
  }),
  fc.record({ kind: fc.constant('PAYMENT' as const), from: member, payable, currency, amount }),
  fc.record({ kind: fc.constant('CLAIM' as const), to: member, payable, currency, amount }),
);

function balanceOf(lines: readonly Posting[], account: string): bigint {
  return lines.filter((line) => line.account === account).reduce((sum, line) => sum + line.amount, 0n);
}

describe('postings of money events', () => {
  it('sum to zero for any history, per currency (B1)', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 50 }), (events) => {
        const lines = events.flatMap((one) => [...postingsOf(one)]);
        assertBalanced(lines);
      }),
    );
  });

  it.each<[MoneyEvent, debit: string, credit: string]>([
    [{ kind: 'MINT', issuer: 2, to: 10, currency: 'CNY', amount: 5n }, 'account-money:2', 'deposit:10'],
    [{ kind: 'BURN', issuer: 2, from: 2, currency: 'CNY', amount: 5n }, 'deposit:2', 'account-money:2'],
    [{ kind: 'TRANSFER', from: 10, to: 11, currency: 'CNY', amount: 5n }, 'deposit:10', 'deposit:11'],
    [{ kind: 'SALE', from: 13, to: 11, currency: 'CNY', amount: 5n }, 'deposit:13', 'deposit:11'],
    [{ kind: 'PAYMENT', from: 10, payable: '0xaa', currency: 'CNY', amount: 5n }, 'deposit:10', 'settlement:0xaa'],
    [{ kind: 'CLAIM', to: 11, payable: '0xaa', currency: 'CNY', amount: 5n }, 'settlement:0xaa', 'deposit:11'],
  ])('$kind', (one, debit, credit) => {
    expect(postingsOf(one)).toEqual([
      { account: debit, currency: 'CNY', amount: 5n },
      { account: credit, currency: 'CNY', amount: -5n },
    ]);
  });

  it('a whole life leaves nothing with the payable and all money with members', () => {
    const cny = 'CNY' as const;
    const lines = [
      ...postingsOf({ kind: 'MINT', issuer: 2, to: 10, currency: cny, amount: 100n }),
      ...postingsOf({ kind: 'PAYMENT', from: 10, payable: '0xaa', currency: cny, amount: 100n }),
      ...postingsOf({ kind: 'CLAIM', to: 11, payable: '0xaa', currency: cny, amount: 60n }),
      ...postingsOf({ kind: 'CLAIM', to: 13, payable: '0xaa', currency: cny, amount: 40n }),
      ...postingsOf({ kind: 'TRANSFER', from: 11, to: 2, currency: cny, amount: 60n }),
      ...postingsOf({ kind: 'BURN', issuer: 2, from: 2, currency: cny, amount: 60n }),
    ];
    expect(balanceOf(lines, 'settlement:0xaa')).toBe(0n);
    expect(balanceOf(lines, 'deposit:13')).toBe(-40n);
    expect(balanceOf(lines, 'account-money:2')).toBe(40n);
  });

  it.each([0n, -1n])('refuses an amount of %s', (wrong) => {
    expect(() => postingsOf({ kind: 'MINT', issuer: 2, to: 1, currency: 'CNY', amount: wrong })).toThrow(RangeError);
  });

  it('notices an entry that is out of balance in one of two currencies', () => {
    const lines = [...postingsOf({ kind: 'MINT', issuer: 2, to: 1, currency: 'CNY', amount: 5n })];
    expect(() => assertBalanced([...lines, { account: 'deposit:1', currency: 'EUR', amount: 1n }])).toThrow(/1 EUR/);
  });
});
