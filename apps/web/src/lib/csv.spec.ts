import { describe, expect, it } from '@jest/globals';
import { toCsv } from './csv.js';

describe('toCsv', () => {
  it('begins with a byte order mark and ends lines as RFC 4180 does', () => {
    expect(toCsv(['a', 'b'], [['1', '2']])).toBe('\uFEFFa,b\r\n1,2\r\n');
  });
  it('quotes what would break the line', () => {
    expect(toCsv(['a'], [['x,"y"\nz']])).toBe('\uFEFFa\r\n"x,""y""\nz"\r\n');
  });
  it.each(['=1+1', '+cmd', '-cmd', '@SUM(A1)', '\tx', '=HYPERLINK("http://x")', '-2+3'])(
    'makes %p harmless',
    (cell) => {
      expect(toCsv(['a'], [[cell]])).toMatch(/\r\n"?'/);
    },
  );
  it.each(['-12.50', '1000', '0.05'])('leaves the number %p a number', (cell) => {
    expect(toCsv(['a'], [[cell]])).toBe(`\uFEFFa\r\n${cell}\r\n`);
  });
});
