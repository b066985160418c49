import { DomainError } from './errors.js';

/** A calendar day without time or zone, written YYYY-MM-DD. */
export type Day = string & { readonly __day: unique symbol };

const MS_PER_DAY = 86_400_000;

/** Parses YYYY-MM-DD strictly: 2026-02-30 and year 0 are refused (DAY_INVALID). */
export function parseDay(text: string): Day {
  const match = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(text);
  if (match) {
    const time = Date.parse(`${text}T00:00:00Z`);
    if (Number.isFinite(time) && new Date(time).toISOString().startsWith(text)) return text as Day;
  }
  throw new DomainError('DAY_INVALID', { value: text.slice(0, 40) });
}

/** Days since 1970-01-01, as the register counts them. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;
}

export function dayFromNumber(number: number): Day {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10) as Day;
}

/** The day at an instant in the register's zone, a fixed offset from UTC so that no rule change moves a due day. */
export function dayAt(instant: Date, utcOffsetSeconds: number): Day {
  return new Date(instant.getTime() + utcOffsetSeconds * 1000).toISOString().slice(0, 10) as Day;
}

/** Whole days from `start` to `end` (negative when end is earlier). */
export function daysBetween(start: Day, end: Day): number {
  return dayNumber(end) - dayNumber(start);
}

export function addDays(day: Day, count: number): Day {
  return dayFromNumber(dayNumber(day) + count);
}
