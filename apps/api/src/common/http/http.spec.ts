import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { PositiveMoneySchema } from '../schemas.js';
import { loggableError, loggableUrl } from './logging.js';
import { cursorId, decodeCursor, encodeCursor, pageOfRows } from './page.js';
import { problemOf } from './problem.js';
import { refusalOf } from './validation.js';

describe('what does not fit a schema', () => {
  const refuse = (schema: z.ZodType, value: unknown) => {
    const { error } = schema.safeParse(value);
    if (!error) throw new Error('it fits');
    return refusalOf(error.issues);
  };

  test('is listed with where and what', () => {
    expect(refuse(z.strictObject({ a: z.object({ b: z.int() }) }), { a: { b: 'x' }, c: 1 })).toMatchObject({
      code: 'REQUEST_INVALID',
      details: {
        issues: [
          { path: 'a.b', message: expect.any(String) },
          { path: '', message: expect.stringContaining('c') },
        ],
      },
    });
  });

  test('a code of the domain in a schema is that refusal', () => {
    expect(
      refuse(z.object({ amount: PositiveMoneySchema }), { amount: { minor: '0', currency: 'CNY' } }),
    ).toMatchObject({
      code: 'AMOUNT_NOT_POSITIVE',
      details: { path: 'amount.minor' },
    });
    const tooLarge = { minor: (2n ** 88n).toString(), currency: 'CNY' };
    expect(refuse(PositiveMoneySchema, tooLarge)).toMatchObject({ code: 'AMOUNT_TOO_LARGE' });
  });

  test('a thousand mistakes do not make a thousand lines', () => {
    const issues = Array.from({ length: 1000 }, (_, i) => ({ message: 'm'.repeat(1000), path: [i] }));
    const { details } = refusalOf(issues);
    expect(JSON.stringify(details).length).toBeLessThan(10_000);
  });
});

describe('cursors', () => {
  test('lead to where the page ended', () => {
    const id = '0197c6a1-0000-7000-8000-000000000001';
    expect(cursorId(encodeCursor(id))).toBe(id);
    expect(cursorId(undefined)).toBeUndefined();
  });

  test.each(['', '!', 'abc', encodeCursor("' OR 1=1"), `${encodeCursor('x')}=`])('%p is refused', (cursor) => {
    expect(() => cursorId(cursor)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });

  test('one row more than asked for means that there is more', () => {
    const page = (count: number) =>
      pageOfRows(
        Array.from({ length: count }, (_, i) => `r${i}`),
        2,
        (row) => row,
        (row) => row,
      );
    expect(page(2)).toEqual({ items: ['r0', 'r1'] });
    const more = page(3);
    expect(more.items).toEqual(['r0', 'r1']);
    expect(decodeCursor(more.nextCursor ?? '')).toBe('r1');
  });
});

test('a problem has a stable type and its status', () => {
  expect(problemOf('QUOTE_EXPIRED', { a: 1 }, 'c')).toMatchObject({
    type: 'urn:headwater:problem:quote-expired',
    status: 409,
    code: 'QUOTE_EXPIRED',
    details: { a: 1 },
    correlationId: 'c',
  });
});

test('a link is not written into the log', () => {
  expect(loggableUrl('/api/v1/links/abcDEF123/accept?x=1')).toBe('/api/v1/links/-/accept?x=1');
  expect(loggableUrl('/api/v1/invoices')).toBe('/api/v1/invoices');
});

test('what a failed query was given is not written into the log', () => {
  const error = Object.assign(new Error('relation does not exist', { cause: new Error('deeper') }), {
    code: '42P01',
    query: 'INSERT INTO app.app_user (password_hash) VALUES ($1)',
    parameters: ['the-secret-hash'],
    driverError: { detail: 'Key (email)=(lin@keystone.example) already exists.' },
  });
  for (const given of [error, pino.stdSerializers.err(error)]) {
    const written = loggableError(given);
    expect(JSON.stringify(written)).not.toMatch(/the-secret-hash|keystone/);
    expect(written).toMatchObject({ type: 'Error', message: expect.stringContaining('relation'), code: '42P01' });
    expect(written.stack).toContain('deeper');
  }
});
