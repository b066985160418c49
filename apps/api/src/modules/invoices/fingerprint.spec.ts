import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../common/day.js';
import { canonicalIdentity, fingerprint } from './fingerprint.js';

const KEY = Buffer.alloc(32, 7);
const DEBT = {
  sellerCountry: 'CN',
  sellerRegistryNumber: '91330100799655058B',
  invoiceNumber: 'INV-2026-001',
  issueDay: parseDay('2026-03-01'),
};

describe('fingerprint', () => {
  test('is this number, for ever: changing the rules means a new scheme', () => {
    expect(canonicalIdentity(DEBT)).toBe('headwater-invoice-1\nCN\n91330100799655058B\nINV-2026-001\n2026');
    expect(fingerprint(KEY, DEBT)).toBe('0xcae9d32de010a067ed0100eaeb722d12be3355e6982c1b27bf310c55f9dae1b4');
  });

  test.each([
    ['case', { invoiceNumber: 'inv-2026-001' }],
    ['spaces', { invoiceNumber: ' INV-2026 - 001 ' }],
    ['full-width letters', { invoiceNumber: 'ＩＮＶ－2026－001' }],
    ['a typographic dash', { invoiceNumber: 'INV\u20132026\u2212001' }],
    ['an invisible character', { invoiceNumber: 'INV-\u200b2026-001' }],
    ['the way the registry number is written', { sellerRegistryNumber: '9133 0100-7996.5505 8b' }],
    ['another day of the year', { issueDay: parseDay('2026-12-31') }],
  ])('does not change with %s', (_name, change) => {
    expect(fingerprint(KEY, { ...DEBT, ...change })).toBe(fingerprint(KEY, DEBT));
  });

  test.each([
    ['another number', { invoiceNumber: 'INV-2026-002' }],
    ['a separator moved', { invoiceNumber: 'INV-20-26001' }],
    ['a leading zero less', { invoiceNumber: 'INV-2026-01' }],
    ['another seller', { sellerRegistryNumber: '91330100799655058C' }],
    ['another country', { sellerCountry: 'DE' }],
    ['another year', { issueDay: parseDay('2027-03-01') }],
  ])('changes with %s', (_name, change) => {
    expect(fingerprint(KEY, { ...DEBT, ...change })).not.toBe(fingerprint(KEY, DEBT));
  });

  test('says nothing without the key', () => {
    expect(fingerprint(Buffer.alloc(32, 8), DEBT)).not.toBe(fingerprint(KEY, DEBT));
  });
});
