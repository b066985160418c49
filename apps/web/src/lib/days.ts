/** Calendar days are plain YYYY-MM-DD strings and never become instants of the reader's zone. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

function utc(day: string): number {
  const match = DAY.exec(day);
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : Number.NaN;
}

export const isDay = (text: string): boolean => !Number.isNaN(utc(text)) && addDays(text, 0) === text;

export function addDays(day: string, count: number): string {
  return new Date(utc(day) + count * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Whole days from a to b; negative when b is earlier. */
export function daysBetween(a: string, b: string): number {
  return Math.round((utc(b) - utc(a)) / MS_PER_DAY);
}

/** "21 Nov 2026" / "2026年11月21日". */
export function formatDay(day: string, locale: string): string {
  const time = utc(day);
  if (Number.isNaN(time)) return day;
  return new Intl.DateTimeFormat(dateLocale(locale), { timeZone: 'UTC', dateStyle: 'medium' }).format(time);
}

/** Month label of a ladder: "Nov 2026" / "2026年11月". */
export function formatMonth(month: string, locale: string): string {
  const time = utc(`${month}-01`);
  if (Number.isNaN(time)) return month;
  return new Intl.DateTimeFormat(dateLocale(locale), { timeZone: 'UTC', year: '2-digit', month: 'short' }).format(time);
}

/** An instant in the reader's own zone, to the minute. */
export function formatInstant(instant: string, locale: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  return new Intl.DateTimeFormat(dateLocale(locale), { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

/** "in 3 days", "2 hours ago", measured from `now` (the network's clock, not the machine's). */
export function formatRelative(instant: string, now: number, locale: string): string {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(dateLocale(locale), { numeric: 'auto' });
  const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'minute');
}

/** British order of day and month, since "11/12" must not be guessed at by a bank. */
function dateLocale(locale: string): string {
  return locale.startsWith('zh') ? 'zh-CN' : 'en-GB';
}
