import { describe, expect, test } from '@jest/globals';
import { availableLimit } from './credit.js';

describe('available limit', () => {
  test.each([
    [{ limit: 100n, utilised: 30n, blocked: 20n }, 50n],
    [{ limit: 100n, utilised: 0n, blocked: 0n }, 100n],
    [{ limit: 0n, utilised: 0n, blocked: 0n }, 0n],
    // lowered under what is carried already
    [{ limit: 10n, utilised: 30n, blocked: 0n }, 0n],
    [{ limit: 100n, utilised: 60n, blocked: 40n }, 0n],
  ])('%j', (figures, available) => {
    expect(availableLimit(figures)).toBe(available);
  });
});
