import { describe, expect, it } from '@jest/globals';
import { preferredWaitMs } from './prefer.js';

describe('Prefer: wait', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['wait=5', 5_000],
    ['respond-async, wait=10', 10_000],
    ['wait="3"', 3_000],
    ['Wait = 2; foo', 2_000],
    ['wait=9999', 30_000],
    ['wait=-1', 0],
    ['wait=abc', 0],
    ['wait=1e9', 0],
    ['await=5', 0],
  ])('%j is %i ms', (header, ms) => {
    expect(preferredWaitMs(header)).toBe(ms);
  });
  it('reads a header that came twice', () => {
    expect(preferredWaitMs(['respond-async', 'wait=4'])).toBe(4_000);
  });
});
