import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../common/errors.js';
import { MAX_FACE_MINOR } from '../../common/money.js';
import { fairPrice, priceSale, simpleInterest, straightDiscount } from './pricing.js';

/** Golden vectors: computed by hand from the formula discount = F x r x t / 360 (straight, ACT/360). */
describe('straight discount, golden vectors', () => {
  test.each([
    // 1,000,000.00 at 4 % for 120 days
    [100_000_000n, 40_000, 120, 1_333_333n],
    // 250,000.00 at 4 % for 120 days
    [25_000_000n, 40_000, 120, 333_333n],
    // a full year of 360 days takes exactly the rate
    [100_000_000n, 40_000, 360, 4_000_000n],
    // 181 actual days
    [100_000_000n, 35_000, 181, 1_759_722n],
    // tie: 0.5 of a minor unit goes up
    [1n, 500_000, 360, 1n],
    // just below the tie goes down
    [1n, 499_999, 360, 0n],
    [0n, 40_000, 120, 0n],
    [100_000_000n, 0, 120, 0n],
  ])('%s at %s ppm for %s days is %s', (units, ratePpm, days, discount) => {
    expect(straightDiscount(units, ratePpm, days)).toBe(discount);
  });

  test('effective rate of 4 % for 120 days is 4.0541 %', () => {
    const price = priceSale({ units: 100_000_000n, ratePpm: 40_000, days: 120, fee: 0n });
    expect(price.proceeds).toBe(98_666_667n);
    expect(price.allInRatePpm).toBe(40_541);
  });

  test('a fee raises the all-in rate', () => {
    const price = priceSale({ units: 25_000_000n, ratePpm: 40_000, days: 120, fee: 50_000n });
    expect(price.proceeds).toBe(24_616_667n);
    // 383,333 x 360 / (24,616,667 x 120) = 4.6716 %
    expect(price.allInRatePpm).toBe(46_716);
  });
});

describe('priceSale refuses', () => {
  const base = { units: 1_000_00n, ratePpm: 40_000, days: 30, fee: 0n };
  test.each([
    ['no day left', { days: 0 }, 'DUE_DAY_PAST'],
    ['past due', { days: -5 }, 'DUE_DAY_PAST'],
    ['fee eats everything', { fee: 1_000_00n }, 'RATE_OUT_OF_RANGE'],
    ['discount eats everything', { ratePpm: 1_000_000, days: 360 }, 'RATE_OUT_OF_RANGE'],
    ['almost nothing left', { fee: 99_000n }, 'RATE_OUT_OF_RANGE'],
  ])('%s', (_name, change, code) => {
    expect(() => priceSale({ ...base, ...change })).toThrow(new DomainError(code as 'RATE_OUT_OF_RANGE'));
  });
});

const sale = fc.record({
  units: fc.bigInt({ min: 10_000_000n, max: MAX_FACE_MINOR }),
  ratePpm: fc.integer({ min: 0, max: 300_000 }),
  days: fc.integer({ min: 1, max: 400 }),
});

describe('properties', () => {
  test('proceeds, discount and fee always sum to the units', () => {
    fc.assert(
      fc.property(sale, fc.bigInt({ min: 0n, max: 1000n }), (terms, fee) => {
        const price = priceSale({ ...terms, fee });
        expect(price.proceeds + price.discount + price.fee).toBe(terms.units);
        expect(price.discount >= 0n && price.proceeds > 0n).toBe(true);
      }),
    );
  });

  test('the rounding is within half a minor unit of the exact value', () => {
    fc.assert(
      fc.property(sale, ({ units, ratePpm, days }) => {
        const exact = units * BigInt(ratePpm) * BigInt(days);
        const off = straightDiscount(units, ratePpm, days) * 360_000_000n - exact;
        expect(off * 2n <= 360_000_000n && off * 2n > -360_000_000n).toBe(true);
      }),
    );
  });

  test('more rate, more days or more units never make the discount smaller', () => {
    fc.assert(
      fc.property(sale, ({ units, ratePpm, days }) => {
        const discount = straightDiscount(units, ratePpm, days);
        expect(straightDiscount(units, ratePpm + 1, days) >= discount).toBe(true);
        expect(straightDiscount(units, ratePpm, days + 1) >= discount).toBe(true);
        expect(straightDiscount(units + 1n, ratePpm, days) >= discount).toBe(true);
      }),
    );
  });

  test('splitting a sale in two never changes the total by more than one minor unit', () => {
    fc.assert(
      fc.property(sale, fc.integer({ min: 1, max: 99 }), ({ units, ratePpm, days }, percent) => {
        const part = (units * BigInt(percent)) / 100n;
        const whole = straightDiscount(units, ratePpm, days);
        const parts = straightDiscount(part, ratePpm, days) + straightDiscount(units - part, ratePpm, days);
        const gap = whole - parts;
        expect(gap <= 1n && gap >= -1n).toBe(true);
      }),
    );
  });
});

describe('fair-price card', () => {
  const loan = { ratePpm: 34_800, source: 'a published average' };

  test('an offer at 4 % is dearer than a loan at 3.48 %', () => {
    const card = fairPrice(priceSale({ units: 100_000_000n, ratePpm: 40_000, days: 120, fee: 0n }), loan);
    expect(card.warning).toBe(true);
    // 98,666,667 x 3.48 % x 120 / 360
    expect(card.bankLoan.cost).toBe(1_144_533n);
    expect(card.holdToMaturity).toEqual({ proceeds: 100_000_000n, days: 120 });
  });

  test('an offer at 3 % is not', () => {
    const card = fairPrice(priceSale({ units: 100_000_000n, ratePpm: 30_000, days: 120, fee: 0n }), loan);
    expect(card.warning).toBe(false);
  });

  test('a fee can turn a cheap rate into the dearer choice', () => {
    const card = fairPrice(priceSale({ units: 100_000_000n, ratePpm: 30_000, days: 120, fee: 200_000n }), loan);
    expect(card.warning).toBe(true);
  });

  test('a difference far below one minor unit still warns', () => {
    const price = priceSale({ units: 100_000n, ratePpm: 34_800, days: 1, fee: 0n });
    expect(simpleInterest(price.proceeds, loan.ratePpm, 1)).toBe(price.discount);
    expect(fairPrice(price, loan).warning).toBe(true);
  });
});
