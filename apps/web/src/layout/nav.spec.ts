import { describe, expect, it } from '@jest/globals';
import { homeOf, navFor } from './nav.js';

describe('navFor', () => {
  it('shows a screen once, even to a member of several roles', () => {
    const paths = navFor(['SUPPLIER', 'BUYER', 'BANK'], true).flatMap((group) => group.items.map((item) => item.to));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain('/cash');
  });
  it('shows the demo clock in demo mode only', () => {
    const has = (demo: boolean) =>
      navFor(['OPERATOR'], demo).some((group) => group.items.some((item) => item.to === '/operator/clock'));
    expect(has(true)).toBe(true);
    expect(has(false)).toBe(false);
  });
  it('keeps the register page to the operator', () => {
    for (const role of ['SUPPLIER', 'BUYER', 'BANK', 'SETTLEMENT_BANK', 'SUPERVISOR'] as const) {
      expect(navFor([role], true).flatMap((group) => group.items.map((item) => item.to))).not.toContain(
        '/operator/register',
      );
    }
  });
});

describe('homeOf', () => {
  it('is the first screen of the first role, or settings before there is one', () => {
    expect(homeOf(['BANK'])).toBe('/bank');
    expect(homeOf([])).toBe('/settings/colleagues');
  });
});
