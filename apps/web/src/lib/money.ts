/** Amounts of money on screen and from the keyboard. Everything is whole minor units as a decimal string; nothing here makes a float of an amount. */

/** ISO 4217 minor units of the currencies the network settles in; the API's list (/meta) is checked against it at start. */
const MINOR_UNITS: Record<string, number> = { CNY: 2, EUR: 2, USD: 2, GBP: 2, JPY: 0, KWD: 3 };

/** Decimals of a currency; 2 for one we do not know, which is what nearly all have. */
export function decimalsOf(currency: string): number {
  return MINOR_UNITS[currency] ?? 2;
}

function isNumeric(text: string): text is `${number}` {
  return /^-?\d+e-?\d+$/.test(text);
}

/** Formats minor units exactly: ("1234567", "CNY", "en") -> "12,345.67". The currency code is placed by the caller. */
export function formatMinor(minor: string, currency: string, locale: string): string {
  const digits = decimalsOf(currency);
  const scaled = `${minor}e-${digits}`;
  if (!isNumeric(scaled)) return minor;
  return formatter(locale, digits).format(scaled);
}

const formatters = new Map<string, Intl.NumberFormat>();
function formatter(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale}/${digits}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formatters.set(key, made);
  return made;
}

/** Compact form for axis labels only ("12.3M"); never for an amount somebody acts on. */
export function compactMinor(minor: string, currency: string, locale: string): string {
  const scaled = `${minor}e-${decimalsOf(currency)}`;
  if (!isNumeric(scaled)) return minor;
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(scaled);
}

/** Plain decimal without grouping, as a person would type it: ("1234567", "CNY") -> "12345.67". */
export function minorToDecimal(minor: string, currency: string): string {
  const digits = decimalsOf(currency);
  const negative = minor.startsWith('-');
  const text = (negative ? minor.slice(1) : minor).padStart(digits + 1, '0');
  const body = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return negative ? `-${body}` : body;
}

export type AmountFault = 'malformed' | 'tooPrecise' | 'notPositive';

/**
 * Reads what a person typed ("1,234.5", "1 234.50", full-width digits) into minor units without rounding.
 * Groups are commas, spaces or apostrophes; the decimal sign is the point, as shown in both languages.
 */
export function parseAmount(typed: string, currency: string): { minor: string } | { fault: AmountFault } {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/[\s,'’]/g, '');
  const match = /^(\d{1,27})(?:\.(\d*))?$/.exec(text);
  if (!match) return { fault: 'malformed' };
  const digits = decimalsOf(currency);
  const fraction = match[2] ?? '';
  if (/[1-9]/.test(fraction.slice(digits))) return { fault: 'tooPrecise' };
  const minor = BigInt(`${match[1]}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  return minor > 0n ? { minor: minor.toString() } : { fault: 'notPositive' };
}

export const addMinor = (...parts: readonly string[]): string =>
  parts.reduce((sum, part) => sum + BigInt(part), 0n).toString();

/** a - b, never below zero: what is still open. */
export function remaining(a: string, b: string): string {
  const difference = BigInt(a) - BigInt(b);
  return difference > 0n ? difference.toString() : '0';
}

export const isZero = (minor: string): boolean => BigInt(minor) === 0n;
export const isMore = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

/** Adds up amounts by currency, in the order the currencies first appear. */
export function totalsByCurrency(
  amounts: readonly { minor: string; currency: string }[],
): { minor: string; currency: string }[] {
  const totals = new Map<string, bigint>();
  for (const { minor, currency } of amounts) totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(minor));
  return [...totals].map(([currency, minor]) => ({ currency, minor: minor.toString() }));
}

/** Share of a whole in parts per thousand, for the width of a bar. 0 when there is no whole. */
export function permille(part: string, whole: string): number {
  const total = BigInt(whole);
  if (total <= 0n) return 0;
  const share = (BigInt(part) * 1000n) / total;
  return Math.min(1000, Number(share));
}

/** Whole currency units for the geometry of a chart (pixels need numbers); labels are made from the exact string. */
export function chartHeight(minor: string, currency: string): number {
  return Number(BigInt(minor) / 10n ** BigInt(decimalsOf(currency)));
}

/** Millionths to a percentage with the given decimals: (40000, "en") -> "4.00%". */
export function formatRate(ppm: number, locale: string, decimals = 2): string {
  const scaled = `${Math.round(ppm)}e-6`;
  if (!isNumeric(scaled)) return '';
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(scaled);
}

/** "4.25" (per cent) -> 42500 millionths; undefined when it is not a rate between 0 and 100. */
export function parseRate(typed: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{0,4}))?$/.exec(typed.normalize('NFKC').trim().replace(/%$/, ''));
  if (!match) return undefined;
  const ppm = Number(`${match[1]}${(match[2] ?? '').padEnd(4, '0')}`);
  return ppm <= 1_000_000 ? ppm : undefined;
}
