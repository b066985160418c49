import { describe, expect, it } from '@jest/globals';
import { addDays, daysBetween, formatDay, formatRelative, isDay } from './days.js';
import { byMonth, type Dated, following } from './months.js';

describe('days', () => {
  it('counts over leap days and year ends', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-11-22', '2026-11-21')).toBe(-1);
  });
  it('knows what is a day', () => {
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2028-02-29')).toBe(true);
    expect(isDay('29.02.2028')).toBe(false);
  });
  it('shows the same day whatever the reader’s zone', () => {
    expect(formatDay('2026-11-21', 'en')).toBe('21 Nov 2026');
    expect(formatDay('2026-11-21', 'zh')).toBe('2026年11月21日');
    expect(formatDay('never', 'en')).toBe('never');
  });
  it('measures from the clock it is given', () => {
    const now = Date.parse('2026-11-21T00:00:00Z');
    expect(formatRelative('2026-11-24T01:00:00Z', now, 'en')).toBe('in 3 days');
    expect(formatRelative('2026-11-20T22:00:00Z', now, 'en')).toBe('2 hours ago');
    expect(formatRelative('2026-11-21T00:00:20Z', now, 'en')).toBe('this minute');
  });
});

describe('byMonth', () => {
  it('leaves no gap and keeps currencies apart', () => {
    const items: Dated[] = [
      { day: '2027-02-10', currency: 'CNY', parts: { free: '100' } },
      { day: '2026-12-31', currency: 'CNY', parts: { free: '1', bound: '2' } },
      { day: '2026-12-01', currency: 'USD', parts: { free: '9' } },
    ];
    expect(byMonth(items, 'CNY', ['free', 'bound'])).toEqual([
      { month: '2026-12', parts: { free: '1', bound: '2' } },
      { month: '2027-01', parts: { free: '0', bound: '0' } },
      { month: '2027-02', parts: { free: '100', bound: '0' } },
    ]);
    expect(byMonth([], 'CNY', ['free'])).toEqual([]);
  });
  it('turns the year', () => {
    expect(following('2026-12')).toBe('2027-01');
    expect(following('2026-09')).toBe('2026-10');
  });
});
