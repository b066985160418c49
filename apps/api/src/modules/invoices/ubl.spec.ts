import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../common/day.js';
import type { ErrorCode } from '../../common/error-codes.js';
import { DomainError } from '../../common/errors.js';
import { judgeInvoice } from './invoice.js';
import { readUblInvoice } from './ubl.js';
import { UBL_FIELDS, ublInvoice } from './ubl-fixture.js';
import { MAX_DOCUMENT_BYTES } from './xml.js';

const TODAY = parseDay('2026-04-01');
const GOOD = ublInvoice();

/** Reads and judges as capture does; gives the code of the refusal, or undefined where the file is taken. */
function verdict(content: string | Uint8Array): ErrorCode | undefined {
  try {
    judgeInvoice(readUblInvoice(Buffer.from(content)), TODAY);
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** The good file with one thing exchanged; the test fails if there was nothing to exchange. */
function change(from: string | RegExp, to: string): string {
  const changed = GOOD.replace(from, to);
  if (changed === GOOD) throw new Error(`the fixture has no ${from}`);
  return changed;
}

const without = (element: string) => change(new RegExp(`<${element}[ >][\\s\\S]*?</${element}>`), '');
const utf16 = (text: string, bigEndian = false) => {
  const little = Buffer.from(`\ufeff${text.replace('UTF-8', 'UTF-16')}`, 'utf16le');
  return bigEndian ? little.swap16() : little;
};
const inProlog = (what: string) => change('?>\n', `?>\n${what}\n`);
const inRoot = (what: string) => change('</Invoice>', `${what}</Invoice>`);

describe('a right file', () => {
  test('gives every fact once', () => {
    const facts = readUblInvoice(Buffer.from(GOOD));
    expect(facts).toMatchObject({
      typeCode: '380',
      number: 'INV-2026-001',
      issueDay: '2026-03-01',
      dueDay: '2026-08-31',
      currency: 'CNY',
      orderNumber: 'PO-4711',
      payee: undefined,
      seller: { identifiers: ['91330100799655058B'], country: 'CN' },
      buyer: { identifiers: ['9144030071526726XG'], country: 'CN' },
    });
    expect(facts.totals.payable).toBe(1_000_000_000n);
    expect(facts.totals.taxGroups).toEqual([115_044_248n]);
  });

  test.each<[string, string | Uint8Array]>([
    ['as it is', GOOD],
    ['with a byte order mark', `\ufeff${GOOD}`],
    ['in UTF-16, low byte first', utf16(GOOD)],
    ['in UTF-16, high byte first', utf16(GOOD, true)],
    ['in Latin 1', Buffer.from(change('UTF-8', 'ISO-8859-1').replace('Goods', 'G\u00fcter'), 'latin1')],
    ['without a declaration', GOOD.replace(/<\?xml.*\?>\n/, '')],
    ['with a comment before the root', inProlog('<!-- <!DOCTYPE x> is only a comment here -->')],
    [
      'with a style sheet instruction, which nobody follows',
      inProlog('<?xml-stylesheet href="http://127.0.0.1:1/x.xsl"?>'),
    ],
    [
      'with a foreign namespace prefix for its own elements',
      GOOD.replaceAll('cbc:', 'b:').replace('xmlns:cbc', 'xmlns:b'),
    ],
    ['with white space around values', change('>INV-2026-001<', '>\n  INV-2026-001\n<')],
    [
      'with a comment inside a value',
      change('10000000.00</cbc:PayableAmount', '100000<!-- -->00.00</cbc:PayableAmount'),
    ],
    ['with the text DOCTYPE in a note', inRoot('<cbc:Note xmlns:cbc="x">&lt;!DOCTYPE x&gt;</cbc:Note>')],
    ['with character references', change('INV-2026', 'INV&#45;2026')],
    ['without an order number', without('cac:OrderReference')],
    ['without tax, where net is gross', taxFree()],
    [
      'with tax in the accounting currency beside',
      change(
        '<cac:TaxTotal>',
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">1.00</cbc:TaxAmount></cac:TaxTotal><cac:TaxTotal>',
      ),
    ],
  ])('%s', (_name, content) => {
    expect(verdict(content)).toBeUndefined();
  });

  test('a document level allowance and charge are added up', () => {
    const entry = (charge: boolean, amount: string) =>
      `<cac:AllowanceCharge><cbc:ChargeIndicator>${charge}</cbc:ChargeIndicator><cbc:Amount currencyID="CNY">${amount}</cbc:Amount></cac:AllowanceCharge>`;
    const file = change('<cac:TaxTotal>', `${entry(false, '10.00')}${entry(true, '10.00')}<cac:TaxTotal>`).replace(
      '<cbc:PayableAmount',
      '<cbc:AllowanceTotalAmount currencyID="CNY">10.00</cbc:AllowanceTotalAmount><cbc:ChargeTotalAmount currencyID="CNY">10.00</cbc:ChargeTotalAmount><cbc:PayableAmount',
    );
    expect(verdict(file)).toBeUndefined();
  });
});

function taxFree(): string {
  return ublInvoice({ net: '10000000.00', tax: '0.00' }).replace(/<cac:TaxTotal>[\s\S]*?<\/cac:TaxTotal>/, '');
}

const BOMB = `<!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]>`;

/** Every way we know to send a wrong or hostile file: each a refusal with its own code, none a crash, none taken. */
const REFUSED: [name: string, content: string | Uint8Array, code: ErrorCode][] = [
  // Not XML, or not honest XML
  ['nothing at all', '', 'XML_MALFORMED'],
  ['only spaces', '   \n\t ', 'XML_MALFORMED'],
  ['a byte order mark alone', '\ufeff', 'XML_MALFORMED'],
  ['plain text', 'please pay 10,000,000.00', 'XML_MALFORMED'],
  ['JSON', '{"invoice": true}', 'XML_MALFORMED'],
  ['a PDF', '%PDF-1.7\n%\u00e2\u00e3', 'XML_MALFORMED'],
  ['a ZIP', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), 'XML_MALFORMED'],
  ['null bytes', Buffer.alloc(1000), 'XML_MALFORMED'],
  ['random bytes', Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 256)), 'XML_MALFORMED'],
  ['a cut off file', GOOD.slice(0, GOOD.length / 2), 'XML_MALFORMED'],
  ['an unclosed element', change('</cbc:ID>', ''), 'XML_MALFORMED'],
  ['a wrong closing tag', change('</Invoice>', '</invoice>'), 'XML_MALFORMED'],
  ['two roots', `${GOOD}${GOOD.replace(/<\?xml.*\?>/, '')}`, 'XML_MALFORMED'],
  ['text behind the root', `${GOOD}more`, 'XML_MALFORMED'],
  ['an attribute twice', change('currencyID="CNY"', 'currencyID="CNY" currencyID="EUR"'), 'XML_MALFORMED'],
  ['a prefix without a namespace', change('xmlns:cbc=', 'xmlns:xyz='), 'XML_MALFORMED'],
  ['a control character', change('INV-2026', 'INV\u0001'), 'XML_MALFORMED'],
  ['a forbidden character reference', change('INV-2026', 'INV&#0;'), 'XML_MALFORMED'],
  ['an entity nobody declared', change('INV-2026', '&secret;'), 'XML_MALFORMED'],
  [
    'broken UTF-8',
    Buffer.concat([Buffer.from(GOOD.slice(0, 500)), Buffer.from([0xc3, 0x28]), Buffer.from(GOOD.slice(500))]),
    'XML_MALFORMED',
  ],
  [
    'overlong UTF-8 for a bracket',
    Buffer.concat([Buffer.from(GOOD.slice(0, 39)), Buffer.from([0xc0, 0xbc]), Buffer.from(GOOD.slice(39))]),
    'XML_MALFORMED',
  ],
  ['UTF-7, in which mark-up can hide', change('UTF-8', 'UTF-7'), 'XML_MALFORMED'],
  ['UTF-32', change('UTF-8', 'UTF-32'), 'XML_MALFORMED'],
  ['EBCDIC', change('UTF-8', 'IBM037'), 'XML_MALFORMED'],
  ['an encoding that does not exist', change('UTF-8', 'x-nonsense'), 'XML_MALFORMED'],
  ['UTF-16 without a byte order mark', Buffer.from(GOOD, 'utf16le'), 'XML_MALFORMED'],
  ['UTF-16 cut in the middle of a character', utf16(GOOD).subarray(0, -1), 'XML_MALFORMED'],
  ['a prolog that never ends', '<!-- '.repeat(2), 'XML_MALFORMED'],
  // Document type definitions and entities
  ['an empty document type', inProlog('<!DOCTYPE Invoice>'), 'XML_FORBIDDEN'],
  ['an internal subset', inProlog('<!DOCTYPE Invoice []>'), 'XML_FORBIDDEN'],
  [
    'an internal entity',
    inProlog('<!DOCTYPE Invoice [<!ENTITY n "INV">]>').replace('INV-2026-001', '&n;'),
    'XML_FORBIDDEN',
  ],
  [
    'an external entity, a file',
    inProlog('<!DOCTYPE Invoice [<!ENTITY n SYSTEM "file:///etc/passwd">]>').replace('INV-2026-001', '&n;'),
    'XML_FORBIDDEN',
  ],
  [
    'an external entity, a network address',
    inProlog('<!DOCTYPE Invoice [<!ENTITY n SYSTEM "http://127.0.0.1:1/n">]>').replace('INV-2026-001', '&n;'),
    'XML_FORBIDDEN',
  ],
  ['an external document type', inProlog('<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:1/x.dtd">'), 'XML_FORBIDDEN'],
  [
    'a public document type',
    inProlog('<!DOCTYPE Invoice PUBLIC "-//X//Y" "http://127.0.0.1:1/x.dtd">'),
    'XML_FORBIDDEN',
  ],
  [
    'a parameter entity',
    inProlog('<!DOCTYPE Invoice [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]>'),
    'XML_FORBIDDEN',
  ],
  ['an entity bomb', inProlog(BOMB).replace('INV-2026-001', '&j;'), 'XML_FORBIDDEN'],
  [
    'an entity that contains itself',
    inProlog('<!DOCTYPE Invoice [<!ENTITY a "&b;"><!ENTITY b "&a;">]>').replace('INV-2026-001', '&a;'),
    'XML_FORBIDDEN',
  ],
  [
    'a document type behind a comment',
    inProlog('<!-- x --><?y z?><!DOCTYPE Invoice [<!ENTITY n "1">]>'),
    'XML_FORBIDDEN',
  ],
  ['a document type in UTF-16', utf16(inProlog('<!DOCTYPE Invoice [<!ENTITY n "1">]>')), 'XML_FORBIDDEN'],
  [
    'a document type behind a byte order mark',
    `\ufeff<!DOCTYPE Invoice>${GOOD.replace(/<\?xml.*\?>/, '')}`,
    'XML_FORBIDDEN',
  ],
  ['a document type inside the root', inRoot('<!DOCTYPE x>'), 'XML_MALFORMED'],
  // Size
  ['65 levels', inRoot(`${'<a>'.repeat(64)}${'</a>'.repeat(64)}`), 'XML_TOO_DEEP'],
  ['10,000 levels', inRoot(`${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`), 'XML_TOO_DEEP'],
  ['10,000 levels, never closed', inRoot('<a>'.repeat(10_000)), 'XML_TOO_DEEP'],
  ['one byte too many', GOOD.padEnd(MAX_DOCUMENT_BYTES + 1, ' '), 'DOCUMENT_TOO_LARGE'],
  [
    'more lines than an invoice has',
    inRoot(
      '<cac:InvoiceLine><cbc:LineExtensionAmount currencyID="CNY">0</cbc:LineExtensionAmount></cac:InvoiceLine>'.repeat(
        10_000,
      ),
    ),
    'DOCUMENT_TOO_LARGE',
  ],
  // Another document
  ['another root', GOOD.replaceAll('Invoice ', 'Order ').replaceAll('</Invoice>', '</Order>'), 'DOCUMENT_NOT_INVOICE'],
  ['a root without a namespace', change(/ xmlns="[^"]*"/, ''), 'DOCUMENT_NOT_INVOICE'],
  ['a root of UBL 1.0', change('xsd:Invoice-2', 'xsd:Invoice-1.0'), 'DOCUMENT_NOT_INVOICE'],
  ['HTML', '<html><body>invoice</body></html>', 'DOCUMENT_NOT_INVOICE'],
  [
    'a CII invoice',
    '<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>',
    'DOCUMENT_NOT_INVOICE',
  ],
  [
    'a credit note',
    '<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"/>',
    'INVOICE_TYPE_REFUSED',
  ],
  ["a credit note in an invoice's clothes", ublInvoice({ typeCode: '381' }), 'INVOICE_TYPE_REFUSED'],
  ['a prepayment', ublInvoice({ typeCode: '386' }), 'INVOICE_TYPE_REFUSED'],
  ['a factored invoice', ublInvoice({ typeCode: '393' }), 'INVOICE_TYPE_REFUSED'],
  [
    'another payee',
    inRoot(
      '<cac:PayeeParty><cac:PartyLegalEntity><cbc:CompanyID>FACTOR-1</cbc:CompanyID></cac:PartyLegalEntity></cac:PayeeParty>',
    ),
    'PAYEE_DIFFERS',
  ],
  // Ambiguous: two readers could see two invoices
  ['two numbers', change('<cbc:IssueDate>', '<cbc:ID>INV-2</cbc:ID><cbc:IssueDate>'), 'DOCUMENT_NOT_INVOICE'],
  [
    'two due days',
    change('<cbc:DueDate>', '<cbc:DueDate>2026-05-01</cbc:DueDate><cbc:DueDate>'),
    'DOCUMENT_NOT_INVOICE',
  ],
  [
    'two amounts to pay',
    change('<cbc:PayableAmount', '<cbc:PayableAmount currencyID="CNY">1.00</cbc:PayableAmount><cbc:PayableAmount'),
    'DOCUMENT_NOT_INVOICE',
  ],
  [
    'two buyers',
    change(
      '<cac:AccountingCustomerParty>',
      '<cac:AccountingCustomerParty><cac:Party/></cac:AccountingCustomerParty><cac:AccountingCustomerParty>',
    ),
    'DOCUMENT_NOT_INVOICE',
  ],
  [
    'two tax totals',
    change(
      '<cac:TaxTotal>',
      '<cac:TaxTotal><cbc:TaxAmount currencyID="CNY">1.00</cbc:TaxAmount></cac:TaxTotal><cac:TaxTotal>',
    ),
    'DOCUMENT_NOT_INVOICE',
  ],
  ['elements inside a number', change('>INV-2026-001<', '><b>INV</b>-1<'), 'DOCUMENT_NOT_INVOICE'],
  // Missing
  ['no number', without('cbc:ID'), 'INVOICE_FIELD_MISSING'],
  ['an empty number', change('>INV-2026-001<', '>  <'), 'INVOICE_FIELD_MISSING'],
  ['no issue day', without('cbc:IssueDate'), 'INVOICE_FIELD_MISSING'],
  ['no due day', without('cbc:DueDate'), 'INVOICE_FIELD_MISSING'],
  ['no type', without('cbc:InvoiceTypeCode'), 'INVOICE_FIELD_MISSING'],
  ['no currency', without('cbc:DocumentCurrencyCode'), 'INVOICE_FIELD_MISSING'],
  ['no totals', without('cac:LegalMonetaryTotal'), 'INVOICE_FIELD_MISSING'],
  ['no amount to pay', without('cbc:PayableAmount'), 'INVOICE_FIELD_MISSING'],
  ['no amount without tax', without('cbc:TaxExclusiveAmount'), 'INVOICE_FIELD_MISSING'],
  ['no lines', without('cac:InvoiceLine'), 'INVOICE_FIELD_MISSING'],
  ['a number longer than any', ublInvoice({ number: '9'.repeat(61) }), 'REQUEST_INVALID'],
  // Currency, amounts, days
  ['an unknown currency', ublInvoice({ currency: 'XXX' }), 'CURRENCY_UNKNOWN'],
  ['a currency in small letters', ublInvoice({ currency: 'cny' }), 'CURRENCY_UNKNOWN'],
  [
    'an amount in another currency',
    change('PayableAmount currencyID="CNY"', 'PayableAmount currencyID="EUR"'),
    'CURRENCY_UNKNOWN',
  ],
  ['an amount without a currency', change('PayableAmount currencyID="CNY"', 'PayableAmount'), 'CURRENCY_UNKNOWN'],
  ['three decimals', ublInvoice({ payable: '10000000.001' }), 'AMOUNT_TOO_PRECISE'],
  ['decimals in yen', ublInvoice({ currency: 'JPY' }), 'AMOUNT_TOO_PRECISE'],
  ['an exponent', ublInvoice({ payable: '1e7' }), 'AMOUNT_MALFORMED'],
  ['thousands separators', ublInvoice({ payable: '10,000,000.00' }), 'AMOUNT_MALFORMED'],
  ['a word', ublInvoice({ payable: 'NaN' }), 'AMOUNT_MALFORMED'],
  ['hexadecimal', ublInvoice({ payable: '0x10' }), 'AMOUNT_MALFORMED'],
  ['digits of another script', ublInvoice({ payable: '\u0661\u0662' }), 'AMOUNT_MALFORMED'],
  ['nothing to pay', ublInvoice({ payable: '0.00' }), 'AMOUNT_NOT_POSITIVE'],
  ['less than nothing', ublInvoice({ payable: '-10000000.00' }), 'AMOUNT_NOT_POSITIVE'],
  ['more than 88 bits', huge('3094850098213450687247810.56'), 'AMOUNT_TOO_LARGE'],
  ['more digits than any number here', ublInvoice({ payable: '9'.repeat(31) }), 'AMOUNT_MALFORMED'],
  ['a total that is not the sum', ublInvoice({ payable: '10000000.01' }), 'INVOICE_TOTALS_WRONG'],
  ['a tax that is not the sum', ublInvoice({ tax: '1150442.49' }), 'INVOICE_TOTALS_WRONG'],
  ['a day that does not exist', ublInvoice({ dueDay: '2026-02-30' }), 'DAY_INVALID'],
  ['a day with a zone', ublInvoice({ dueDay: '2026-08-31Z' }), 'DAY_INVALID'],
  ['a day in another order', ublInvoice({ dueDay: '31.08.2026' }), 'DAY_INVALID'],
  ['a due day before the issue day', ublInvoice({ dueDay: '2026-02-28' }), 'INVOICE_DATES_WRONG'],
  ['a due day in the past', ublInvoice({ issueDay: '2025-01-01', dueDay: '2025-02-01' }), 'INVOICE_DATES_WRONG'],
];

function huge(amount: string): string {
  return ublInvoice({ net: amount, tax: '0.00', gross: amount, payable: amount });
}

describe('refused', () => {
  test.each(REFUSED)('%s', (_name, content, code) => {
    const began = performance.now();
    expect(verdict(content)).toBe(code);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test('the corpus is as large as promised, and each of its files is different', () => {
    expect(REFUSED.length).toBeGreaterThanOrEqual(60);
    expect(new Set(REFUSED.map(([name]) => name)).size).toBe(REFUSED.length);
  });

  test('any single byte damaged is refused or changes nothing that matters', () => {
    const bytes = Buffer.from(GOOD);
    for (let at = 0; at < bytes.length; at += 13) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x15;
      const outcome = verdict(damaged);
      expect(outcome === undefined || typeof outcome === 'string').toBe(true);
    }
  });

  test('memory does not grow with the number of files read', () => {
    // 80 MB and more if the trees were kept.
    const large = inRoot(`<cbc:Note>${'x'.repeat(200_000)}</cbc:Note>`);
    for (let i = 0; i < 50; i += 1) verdict(large);
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 400; i += 1) verdict(large);
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
  });
});

test('the fixture names the parties it says', () => {
  expect(GOOD).toContain(UBL_FIELDS.seller.registryNumber);
  expect(GOOD).toContain(UBL_FIELDS.buyer.registryNumber);
});
