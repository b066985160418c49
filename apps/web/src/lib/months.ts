import { addMinor } from './money';

export interface Dated {
  day: string;
  currency: string;
  /** Series name -> minor units. */
  parts: Readonly<Record<string, string>>;
}

export interface Month {
  /** YYYY-MM */
  month: string;
  parts: Record<string, string>;
}

/** A chart with more bars than this says less. */
const MAX_MONTHS = 14;

/** Sums dated amounts of one currency by month, without gaps between the first and the last month. */
export function byMonth(items: readonly Dated[], currency: string, series: readonly string[]): Month[] {
  const own = items.filter((item) => item.currency === currency).sort((a, b) => a.day.localeCompare(b.day));
  const first = own[0]?.day.slice(0, 7);
  const last = own.at(-1)?.day.slice(0, 7);
  if (!first || !last) return [];
  const months: Month[] = [];
  for (let month = first; month <= last && months.length < MAX_MONTHS; month = following(month)) {
    const due = own.filter((item) => item.day.startsWith(month));
    months.push({
      month,
      parts: Object.fromEntries(series.map((name) => [name, addMinor(...due.map((item) => item.parts[name] ?? '0'))])),
    });
  }
  return months;
}

export function following(month: string): string {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5, 7));
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
