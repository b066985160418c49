import { describe, expect, it } from '@jest/globals';
import type { Holding, Movement } from '../../api/generated';
import { ladderOf } from './ladder';
import { claimableOf, outstandingOf, purchaseOf } from './position';

const bank = { id: 'bank', name: 'First River Bank', registryNumber: '1' };
const buyer = { id: 'buyer', name: 'Aurora Motors', registryNumber: '2' };

function holding(
  held: string,
  dueDay: string,
  more: { received?: string; overdue?: boolean; currency?: 'CNY' | 'EUR' } = {},
): Holding {
  const currency = more.currency ?? 'CNY';
  return {
    payable: {
      id: dueDay,
      reference: 'PAY-1',
      buyer,
      face: { minor: '1000', currency },
      paid: { minor: '0', currency },
      dueDay,
      daysToDue: 0,
      state: 'OPEN',
      overdue: more.overdue ?? false,
      confirmedAt: '2026-01-01T00:00:00.000Z',
    },
    held,
    free: held,
    offered: '0',
    requested: '0',
    frozen: '0',
    received: more.received ?? '0',
  };
}

describe('the maturity ladder', () => {
  it('begins this month, keeps empty months and reaches over the turn of the year', () => {
    const rungs = ladderOf([holding('300', '2027-01-31'), holding('200', '2027-01-01')], 'CNY', '2026-11-21');
    expect(rungs.map(({ month }) => month)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04']);
    expect(rungs.map(({ minor }) => minor)).toEqual(['0', '0', '500', '0', '0', '0']);
  });

  it('loses nothing: what is late comes first, what lies beyond a year last, and the rungs sum to all that is due', () => {
    const all = [
      holding('100', '2026-11-01', { overdue: true }),
      holding('400', '2026-11-30', { received: '150' }),
      holding('70', '2027-10-31'),
      holding('30', '2027-11-01'),
      holding('5', '2028-03-01'),
      holding('0', '2026-12-01', { received: '900' }),
      holding('999', '2026-12-01', { currency: 'EUR' }),
    ];
    const rungs = ladderOf(all, 'CNY', '2026-11-21');
    expect(rungs[0]).toEqual({ month: 'overdue', minor: '100' });
    expect(rungs.at(-1)).toEqual({ month: 'later', minor: '35' });
    expect(rungs).toHaveLength(14);
    expect(rungs.reduce((sum, { minor }) => sum + BigInt(minor), 0n)).toBe(455n);
  });
});

describe('a position', () => {
  it('counts what was received against units that are kept until paid in full', () => {
    expect(outstandingOf(holding('400', '2026-11-30', { received: '150' }))).toBe('250');
    expect(outstandingOf(holding('0', '2026-11-30', { received: '400' }))).toBe('0');
  });

  it('can collect its share of a part payment, rounded down, less what it has', () => {
    const face = { minor: '1000', currency: 'CNY' as const };
    const paid = { minor: '333', currency: 'CNY' as const };
    expect(claimableOf(holding('100', '2026-11-30'), { face, paid })).toBe('33');
    expect(claimableOf(holding('100', '2026-11-30', { received: '30' }), { face, paid })).toBe('3');
    expect(claimableOf({ ...holding('100', '2026-11-30'), frozen: '100' }, { face, paid })).toBe('0');
  });

  it('knows its cost only where every unit was bought', () => {
    const sale: Movement = {
      kind: 'SALE',
      to: bank,
      units: '500',
      price: '480',
      occurredAt: '2026-11-21T00:00:00.000Z',
    };
    expect(purchaseOf([sale, { ...sale, units: '100', price: '99' }], 'bank')).toEqual({
      units: '600',
      cost: '579',
      earns: '21',
    });
    expect(
      purchaseOf([sale, { kind: 'FORCED', to: bank, units: '1', occurredAt: sale.occurredAt }], 'bank'),
    ).toBeUndefined();
    expect(purchaseOf([sale], 'another')).toBeUndefined();
  });
});
