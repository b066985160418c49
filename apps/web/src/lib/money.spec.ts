import { describe, expect, it } from '@jest/globals';
import {
  addMinor,
  compactMinor,
  formatMinor,
  formatRate,
  minorToDecimal,
  parseAmount,
  parseRate,
  permille,
  remaining,
  totalsByCurrency,
} from './money.js';

describe('formatMinor', () => {
  it('is exact where a float is not', () => {
    expect(formatMinor('123456789012345678901', 'CNY', 'en')).toBe('1,234,567,890,123,456,789.01');
  });
  it('keeps the decimals of the currency', () => {
    expect(formatMinor('5', 'CNY', 'en')).toBe('0.05');
    expect(formatMinor('5', 'JPY', 'en')).toBe('5');
    expect(formatMinor('1005', 'KWD', 'en')).toBe('1.005');
  });
  it('shows what it cannot read as it came', () => {
    expect(formatMinor('abc', 'CNY', 'en')).toBe('abc');
  });
});

describe('parseAmount', () => {
  it.each([
    ['1250000', 'CNY', '125000000'],
    ['1,250,000.5', 'CNY', '125000050'],
    ['1 250 000.50', 'CNY', '125000050'],
    ["1'250.00", 'EUR', '125000'],
    ['１２３.４５', 'CNY', '12345'],
    ['7', 'JPY', '7'],
    ['1.005', 'KWD', '1005'],
    ['1.500', 'CNY', '150'],
  ])('reads %s %s', (typed, currency, minor) => {
    expect(parseAmount(typed, currency)).toEqual({ minor });
  });
  it.each([
    ['', 'CNY', 'malformed'],
    ['-5', 'CNY', 'malformed'],
    ['1e5', 'CNY', 'malformed'],
    ['1.2.3', 'CNY', 'malformed'],
    ['0x10', 'CNY', 'malformed'],
    ['0', 'CNY', 'notPositive'],
    ['0.00', 'CNY', 'notPositive'],
    ['1.005', 'CNY', 'tooPrecise'],
    ['1.5', 'JPY', 'tooPrecise'],
  ])('refuses %s %s', (typed, currency, fault) => {
    expect(parseAmount(typed, currency)).toEqual({ fault });
  });
  it('reads back what the field shows', () => {
    for (const minor of ['1', '99', '100', '123456789', '98765432109876543210']) {
      expect(parseAmount(formatMinor(minor, 'CNY', 'zh'), 'CNY')).toEqual({ minor });
    }
  });
});

describe('sums and shares', () => {
  it('adds beyond what a float holds', () => {
    expect(addMinor('9007199254740993', '1')).toBe('9007199254740994');
    expect(addMinor()).toBe('0');
  });
  it('never goes below zero', () => {
    expect(remaining('5', '7')).toBe('0');
  });
  it('keeps currencies apart', () => {
    expect(
      totalsByCurrency([
        { minor: '1', currency: 'CNY' },
        { minor: '2', currency: 'USD' },
        { minor: '3', currency: 'CNY' },
      ]),
    ).toEqual([
      { currency: 'CNY', minor: '4' },
      { currency: 'USD', minor: '2' },
    ]);
  });
  it('has no share of nothing', () => {
    expect(permille('5', '0')).toBe(0);
    expect(permille('1', '3')).toBe(333);
    expect(permille('9', '3')).toBe(1000);
  });
});

describe('rates', () => {
  it('reads per cent into millionths', () => {
    expect(parseRate('4')).toBe(40_000);
    expect(parseRate('3.85%')).toBe(38_500);
    expect(parseRate('0.0001')).toBe(1);
    expect(parseRate('100')).toBe(1_000_000);
  });
  it.each(['', '-1', '101', '4,5', 'x', '4.00001'])('refuses %p', (typed) => {
    expect(parseRate(typed)).toBeUndefined();
  });
  it('writes them exactly', () => {
    expect(formatRate(38_500, 'en')).toBe('3.85%');
  });
});

describe('other writings', () => {
  it('is plain for an export', () => {
    expect(minorToDecimal('5', 'CNY')).toBe('0.05');
    expect(minorToDecimal('-1234', 'CNY')).toBe('-12.34');
    expect(minorToDecimal('7', 'JPY')).toBe('7');
  });
  it('is short on an axis', () => {
    expect(compactMinor('150000000', 'CNY', 'en')).toBe('1.5M');
  });
});
