import { describe, expect, test } from '@jest/globals';
import { quoteDeadline } from './financing.js';

describe('a quote lives', () => {
  const now = new Date('2026-03-01T08:00:00Z');
  test('as long as its bank said', () => {
    expect(quoteDeadline(now, 90, new Date('2026-03-04T08:00:00Z'))).toEqual(new Date('2026-03-01T09:30:00Z'));
  });
  test('but never longer than the request', () => {
    const end = new Date('2026-03-01T09:00:00Z');
    expect(quoteDeadline(now, 90, end)).toEqual(end);
  });
});
