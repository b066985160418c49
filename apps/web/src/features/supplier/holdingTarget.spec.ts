import { describe, expect, it } from '@jest/globals';
import type { Payable } from '../../api/generated/types.gen.js';
import { collectable, isUsable } from './holdingTarget.js';

const party = { id: 'x', name: 'x', registryNumber: 'x' };
const payable = (face: string, paid: string, state: Payable['state'] = 'OPEN'): Payable => ({
  id: 'p',
  reference: 'PAY-1',
  buyer: party,
  face: { minor: face, currency: 'CNY' },
  paid: { minor: paid, currency: 'CNY' },
  dueDay: '2027-01-01',
  daysToDue: 1,
  state,
  overdue: false,
  confirmedAt: '2026-01-01T00:00:00Z',
});

describe('collectable', () => {
  it('is the floor of the share, less what was collected', () => {
    expect(collectable(payable('100', '50'), { held: '33', received: '0' })).toBe('16');
    expect(collectable(payable('100', '50'), { held: '33', received: '16' })).toBe('0');
    expect(collectable(payable('100', '100', 'PAID'), { held: '33', received: '16' })).toBe('17');
  });
  it('is nothing before a payment, and nothing of nothing', () => {
    expect(collectable(payable('100', '0'), { held: '33', received: '0' })).toBe('0');
    expect(collectable(payable('0', '0', 'CLOSED'), { held: '0', received: '0' })).toBe('0');
  });
});

describe('isUsable', () => {
  it('needs free units of a payable that still runs', () => {
    expect(isUsable(payable('100', '0'), { free: '1' })).toBe(true);
    expect(isUsable(payable('100', '0'), { free: '0' })).toBe(false);
    expect(isUsable(payable('100', '100', 'PAID'), { free: '1' })).toBe(false);
  });
});
