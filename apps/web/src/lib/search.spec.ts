import { describe, expect, it } from '@jest/globals';
import { compact, idOf, listSearch, ownPath, textOf } from './search.js';

const id = '0190a3c4-1111-7222-8333-944455566677';

describe('listSearch', () => {
  const read = listSearch(['OPEN', 'PAID']);
  it('keeps what is known', () => {
    expect(read({ q: 'abc', state: 'PAID', open: id })).toEqual({ q: 'abc', state: 'PAID', open: id });
  });
  it('drops what is not', () => {
    expect(read({ q: ['x'], state: 'OTHER', open: '../../etc', extra: 1 })).toEqual({});
  });
  it('reads digits as the text they were typed as', () => {
    expect(read({ q: 42 })).toEqual({ q: '42' });
  });
});

describe('values', () => {
  it('bounds text', () => {
    expect(textOf('x'.repeat(500))).toHaveLength(100);
    expect(textOf('  ')).toBeUndefined();
  });
  it('takes only identifiers', () => {
    expect(idOf(`${id}x`)).toBeUndefined();
    expect(idOf({})).toBeUndefined();
  });
  it('drops unset keys', () => {
    expect(compact({ a: 1, b: undefined })).toEqual({ a: 1 });
  });
});

describe('ownPath', () => {
  it.each(['/invoices?open=1', '/', '/buyer/confirm'])('returns to %s', (path) => {
    expect(ownPath(path)).toBe(path);
  });
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/a\\b',
    '',
    5,
    undefined,
  ])('refuses %p', (path) => {
    expect(ownPath(path)).toBeUndefined();
  });
});
