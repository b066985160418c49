import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { claimable, freeUnits, isOverdue, judgePayment, type Owed } from './payable.js';

const units = fc.bigInt({ min: 0n, max: 2n ** 88n - 1n });

describe('free units', () => {
  test('are what is neither promised nor frozen', () => {
    expect(freeUnits({ held: 100n, offered: 30n, requested: 20n, frozen: 10n })).toBe(40n);
  });

  test('never fall below zero, and never exceed what is held', () => {
    fc.assert(
      fc.property(units, units, units, units, (held, offered, requested, frozen) => {
        const free = freeUnits({ held, offered, requested, frozen });
        expect(free >= 0n && free <= held).toBe(true);
        if (free > 0n) expect(free + offered + requested + frozen).toBe(held);
      }),
    );
  });
});

describe('overdue', () => {
  const due = parseDay('2026-08-31');
  test.each([
    ['OPEN', '2026-08-31', false],
    ['OPEN', '2026-09-01', true],
    ['PAYING', '2026-09-01', true],
    ['PAID', '2026-09-01', false],
    ['CANCELLED', '2026-09-01', false],
    ['CLOSED', '2027-09-01', false],
  ] as const)('%s on %s: %s', (state, today, expected) => {
    expect(isOverdue(state, due, parseDay(today))).toBe(expected);
  });
});

describe('judging a payment', () => {
  const owed: Owed = { state: 'OPEN', face: 1000n, paid: 0n, dueDay: parseDay('2026-08-31') };
  const before = parseDay('2026-08-30');
  const due = parseDay('2026-08-31');

  test.each([
    ['all of it, early', owed, 1000n, undefined, before],
    ['all of it, seen as unpaid', owed, 1000n, 0n, before],
    ['a part on the due day', owed, 1n, undefined, due],
    ['the rest after a part', { ...owed, state: 'PAYING', paid: 400n }, 600n, 400n, due],
  ] as const)('takes %s', (_name, what, amount, expected, today) => {
    expect(() => judgePayment(what, amount, expected, today)).not.toThrow();
  });

  test.each([
    ['nothing', owed, 0n, undefined, due, 'AMOUNT_NOT_POSITIVE'],
    ['too much', owed, 1001n, undefined, due, 'PAYMENT_TOO_LARGE'],
    ['anything once paid', { ...owed, state: 'PAID', paid: 1000n }, 1n, undefined, due, 'PAYMENT_TOO_LARGE'],
    ['a part too early', owed, 999n, undefined, before, 'PAYMENT_TOO_EARLY'],
    ['what was seen before another payment', { ...owed, paid: 1n }, 999n, 0n, due, 'PAYMENT_CHANGED'],
    ['a cancelled payable', { ...owed, state: 'CANCELLED' }, 1000n, undefined, due, 'PAYABLE_STATE'],
  ] as const)('refuses %s', (_name, what, amount, expected, today, code) => {
    expect(() => judgePayment(what, amount, expected, today)).toThrow(new DomainError(code));
  });
});

describe('what is claimable', () => {
  test('is a share rounded down while part is paid, and everything when all is', () => {
    const holding = { units: 33334n, frozen: 0n, claimed: 0n, face: 100001n };
    expect(claimable({ ...holding, paid: 40000n })).toBe(13333n);
    expect(claimable({ ...holding, paid: 100001n, claimed: 13333n })).toBe(20001n);
  });

  test('frozen units wait', () => {
    expect(claimable({ units: 100n, frozen: 40n, claimed: 0n, paid: 100n, face: 100n })).toBe(60n);
    expect(claimable({ units: 100n, frozen: 100n, claimed: 0n, paid: 100n, face: 100n })).toBe(0n);
  });

  test('is nothing on a payable without face', () => {
    expect(claimable({ units: 0n, frozen: 0n, claimed: 0n, paid: 0n, face: 0n })).toBe(0n);
  });

  test('shares never exceed what was paid, and in full they are exactly the face', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 1, maxLength: 20 }),
        fc.nat(100),
        (parts, percent) => {
          const face = parts.reduce((total, part) => total + part, 0n);
          const paid = (face * BigInt(percent)) / 100n;
          const shares = (so: bigint) =>
            parts.map((part) => claimable({ units: part, frozen: 0n, claimed: 0n, paid: so, face }));
          const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
          expect(sum(shares(paid)) <= paid).toBe(true);
          expect(sum(shares(paid)) > paid - BigInt(parts.length)).toBe(true);
          expect(sum(shares(face))).toBe(face);
        },
      ),
    );
  });
});
