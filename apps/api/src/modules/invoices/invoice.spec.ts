import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { MAX_FACE_MINOR } from '../../common/money.js';
import {
  type InvoiceFacts,
  type InvoiceTotals,
  judgeInvoice,
  namesOrganisation,
  normaliseIdentifier,
  wrongTotals,
} from './invoice.js';

const TODAY = parseDay('2026-04-01');
const TOTALS: InvoiceTotals = {
  lines: [60_00n, 50_00n],
  allowances: [20_00n],
  charges: [10_00n],
  lineTotal: 110_00n,
  allowanceTotal: 20_00n,
  chargeTotal: 10_00n,
  net: 100_00n,
  tax: 13_00n,
  taxGroups: [10_00n, 3_00n],
  gross: 113_00n,
  prepaid: 13_01n,
  rounding: 1n,
  payable: 100_00n,
};
const FACTS: InvoiceFacts = {
  typeCode: '380',
  number: 'INV-1',
  issueDay: parseDay('2026-03-01'),
  dueDay: parseDay('2026-08-31'),
  currency: 'CNY',
  seller: { identifiers: ['91330100799655058B'], country: 'CN' },
  buyer: { identifiers: ['9144030071526726XG'], country: 'CN' },
  payee: undefined,
  orderNumber: undefined,
  totals: TOTALS,
};

describe('totals, EN 16931 BR-CO-10 to BR-CO-16', () => {
  test('a right invoice breaks none', () => {
    expect(wrongTotals(TOTALS)).toEqual([]);
  });

  test.each<[string, Partial<InvoiceTotals>]>([
    ['BR-CO-10', { lines: [60_00n, 50_01n] }],
    ['BR-CO-11', { allowances: [20_01n] }],
    ['BR-CO-12', { charges: [] }],
    ['BR-CO-14', { taxGroups: [10_00n, 3_01n] }],
    ['BR-CO-16', { payable: 100_01n }],
    ['BR-CO-16', { prepaid: 0n }],
    ['BR-CO-16', { rounding: 0n }],
  ])('%s alone is found', (rule, change) => {
    expect(wrongTotals({ ...TOTALS, ...change }).map((wrong) => wrong.rule)).toEqual([rule]);
  });

  test('BR-CO-13 and BR-CO-15 are found where net and gross do not follow', () => {
    expect(wrongTotals({ ...TOTALS, net: 99_99n }).map((w) => w.rule)).toEqual(['BR-CO-13', 'BR-CO-15']);
    expect(wrongTotals({ ...TOTALS, gross: 113_01n }).map((w) => w.rule)).toEqual(['BR-CO-15', 'BR-CO-16']);
  });

  test('stated and computed figures are told', () => {
    expect(wrongTotals({ ...TOTALS, payable: 1n })).toEqual([{ rule: 'BR-CO-16', stated: '1', computed: '10000' }]);
  });

  test('one minor unit anywhere is never overlooked', () => {
    const fields = ['allowanceTotal', 'chargeTotal', 'net', 'tax', 'gross', 'prepaid', 'rounding', 'payable'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.constantFrom(-1n, 1n), (field, by) => {
        expect(wrongTotals({ ...TOTALS, [field]: TOTALS[field] + by }).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('judging', () => {
  test('lets a right invoice pass', () => {
    expect(() => judgeInvoice(FACTS, TODAY)).not.toThrow();
  });

  test.each(['380', '383', '384'])('takes type %s', (typeCode) => {
    expect(() => judgeInvoice({ ...FACTS, typeCode }, TODAY)).not.toThrow();
  });

  test.each(['381', '386', '389', '393', '396', '751', '80', '', '380 ', 'x'])('refuses type "%s"', (typeCode) => {
    expect(() => judgeInvoice({ ...FACTS, typeCode }, TODAY)).toThrow(new DomainError('INVOICE_TYPE_REFUSED'));
  });

  const withPayable = (payable: bigint): InvoiceFacts => ({
    ...FACTS,
    totals: {
      ...TOTALS,
      lines: [payable],
      allowances: [],
      charges: [],
      allowanceTotal: 0n,
      chargeTotal: 0n,
      lineTotal: payable,
      net: payable,
      tax: 0n,
      taxGroups: undefined,
      gross: payable,
      prepaid: 0n,
      rounding: 0n,
      payable,
    },
  });

  test.each<[string, InvoiceFacts, ErrorName]>([
    ['nothing to pay', withPayable(0n), 'AMOUNT_NOT_POSITIVE'],
    ['a negative amount', withPayable(-1n), 'AMOUNT_NOT_POSITIVE'],
    ['more than the register can hold', withPayable(MAX_FACE_MINOR + 1n), 'AMOUNT_TOO_LARGE'],
    ['due before issue', { ...FACTS, dueDay: parseDay('2026-02-28') }, 'INVOICE_DATES_WRONG'],
    ['a due day that has passed', { ...FACTS, dueDay: parseDay('2026-03-31') }, 'INVOICE_DATES_WRONG'],
    ['an issue day in the future', { ...FACTS, issueDay: parseDay('2026-04-03') }, 'INVOICE_DATES_WRONG'],
    [
      'somebody else to be paid',
      { ...FACTS, payee: { identifiers: ['FACTORBANK1'], country: undefined } },
      'PAYEE_DIFFERS',
    ],
    ['a payee without identity', { ...FACTS, payee: { identifiers: [], country: undefined } }, 'PAYEE_DIFFERS'],
  ])('refuses %s', (_name, facts, code) => {
    expect(() => judgeInvoice(facts, TODAY)).toThrow(new DomainError(code));
  });

  test('takes the largest amount, a due day today and a payee who is the seller', () => {
    expect(() => judgeInvoice(withPayable(MAX_FACE_MINOR), TODAY)).not.toThrow();
    expect(() => judgeInvoice({ ...FACTS, dueDay: TODAY }, TODAY)).not.toThrow();
    const payee = { identifiers: ['91330100799655058B'], country: undefined };
    expect(() => judgeInvoice({ ...FACTS, payee }, TODAY)).not.toThrow();
  });
});

type ErrorName = 'AMOUNT_NOT_POSITIVE' | 'AMOUNT_TOO_LARGE' | 'INVOICE_DATES_WRONG' | 'PAYEE_DIFFERS';

describe('who is named', () => {
  const organisation = { country: 'DE', registryNumber: 'HRB 123-456' };
  test.each([
    ['the registry number as written', ['HRB123456'], 'DE', true],
    ['without a country', ['HRB123456'], undefined, true],
    ['with the country in front, as VAT numbers have', ['DEHRB123456'], 'DE', true],
    ['one of several', ['X1', 'HRB123456'], 'DE', true],
    ['another country', ['HRB123456'], 'AT', false],
    ['another number', ['HRB123457'], 'DE', false],
    ['nothing at all', [], 'DE', false],
  ])('%s', (_name, identifiers, country, expected) => {
    expect(namesOrganisation({ identifiers, country }, organisation)).toBe(expected);
  });

  test('separators, case and width mean nothing', () => {
    expect(normaliseIdentifier(' hrb 123-456/Ｂ. ')).toBe('HRB123456B');
  });
});
