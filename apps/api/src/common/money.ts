import { DomainError } from './errors.js';

/** ISO 4217 minor units (exponent) of the currencies the network settles in. Source: ISO 4217 list one. */
export const MINOR_UNITS = { CNY: 2, EUR: 2, USD: 2, GBP: 2, JPY: 0, KWD: 3 } as const;

export type Currency = keyof typeof MINOR_UNITS;

export const CURRENCIES = Object.keys(MINOR_UNITS) as [Currency, ...Currency[]];

/** An amount of money: a whole number of minor units of one currency. Never a float, never without its currency. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** Largest amount the register can record for one payable: face is 88 bits wide. */
export const MAX_FACE_MINOR = 2n ** 88n - 1n;

export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(MINOR_UNITS, code);
}

/**
 * Parses a plain decimal ("1234.5") into minor units without rounding.
 * Errors: AMOUNT_MALFORMED for anything that is not digits with at most one point,
 * AMOUNT_TOO_PRECISE when it carries more decimals than the currency has.
 */
export function parseDecimal(text: string, currency: Currency): bigint {
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,20}))?$/.exec(text);
  if (!match) throw new DomainError('AMOUNT_MALFORMED', { value: text.slice(0, 40) });
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = MINOR_UNITS[currency];
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  if (/[1-9]/.test(fraction.slice(digits))) {
    throw new DomainError('AMOUNT_TOO_PRECISE', { value: text, currency, decimals: digits });
  }
  const minor = BigInt(whole + kept);
  return sign ? -minor : minor;
}

/** Writes minor units as a plain decimal with exactly the currency's decimals: (12345n, "CNY") -> "123.45". */
export function formatDecimal(minor: bigint, currency: Currency): string {
  const digits = MINOR_UNITS[currency];
  const sign = minor < 0n ? '-' : '';
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** numerator / denominator rounded half up (away from zero on a tie for positive values). Both must be non-negative. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n || denominator <= 0n)
    throw new RangeError('divideHalfUp takes a non-negative and a positive number');
  return (2n * numerator + denominator) / (2n * denominator);
}
