import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { type UblFields, ublInvoice } from '../../../apps/api/src/modules/invoices/ubl-fixture.js';
import { type Cast, idOf, signInAll } from '../../support/main-job.js';
import { startStack, type TestStack } from '../../support/stack.js';
import { type Refused, watchRefusals } from './refusals.js';
import { daysFrom, invoiceFields, upload } from './steps.js';

/** Every wrong invoice that people and programs may send: a stable code, words for people, and nothing changed. */

let stack: TestStack;
let cast: Cast;
let fields: UblFields;

let watch: Awaited<ReturnType<typeof watchRefusals>>;
const refused: Refused = (...wish) => watch.refused(...wish);

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
  fields = await invoiceFields(cast.tyres, 1_000_00n);

  watch = await watchRefusals(stack);
}, 120_000);
afterAll(async () => {
  await watch?.close();
  await stack?.stop();
});

const doctype = (subset: string) => ublInvoice(fields).replace('?>\n', `?>\n<!DOCTYPE Invoice [${subset}]>\n`);

describe('files', () => {
  test.each<[string, () => string | Uint8Array<ArrayBuffer>, number, string]>([
    ['not XML', () => 'please pay', 422, 'XML_MALFORMED'],
    ['a cut off file', () => ublInvoice(fields).slice(0, 900), 422, 'XML_MALFORMED'],
    ['a document type', () => doctype(''), 422, 'XML_FORBIDDEN'],
    [
      'an external entity',
      () => doctype('<!ENTITY x SYSTEM "file:///etc/passwd">').replace('PO-1', '&x;'),
      422,
      'XML_FORBIDDEN',
    ],
    [
      'an entity bomb',
      () => doctype(Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('')),
      422,
      'XML_FORBIDDEN',
    ],
    [
      '10,000 levels',
      () => ublInvoice(fields).replace('</Invoice>', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</Invoice>`),
      422,
      'XML_TOO_DEEP',
    ],
    [
      'another root',
      () => '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>',
      422,
      'DOCUMENT_NOT_INVOICE',
    ],
    ['over 5 MB', () => ublInvoice(fields).padEnd(5 * 1024 * 1024 + 1, ' '), 413, 'DOCUMENT_TOO_LARGE'],
    ['an empty file', () => '', 422, 'XML_MALFORMED'],
    ['wrong totals', () => ublInvoice({ ...fields, payable: '1000.01' }), 422, 'INVOICE_TOTALS_WRONG'],
    ['an unknown currency', () => ublInvoice({ ...fields, currency: 'XXX' }), 422, 'CURRENCY_UNKNOWN'],
    ['too many decimals', () => ublInvoice({ ...fields, payable: '1000.001' }), 422, 'AMOUNT_TOO_PRECISE'],
    ['nothing to pay', () => ublInvoice({ ...fields, net: '0', gross: '0', payable: '0' }), 422, 'AMOUNT_NOT_POSITIVE'],
    [
      'a negative amount',
      () => ublInvoice({ ...fields, net: '-1', gross: '-1', payable: '-1' }),
      422,
      'AMOUNT_NOT_POSITIVE',
    ],
    [
      'more than 88 bits',
      () => ublInvoice({ ...fields, ...all('3094850098213450687247810.56') }),
      422,
      'AMOUNT_TOO_LARGE',
    ],
    [
      'another seller',
      () => ublInvoice({ ...fields, seller: { ...fields.seller, registryNumber: '91330200MA1HW2020W' } }),
      422,
      'SELLER_MISMATCH',
    ],
    [
      'a seller by name alone',
      () => ublInvoice({ ...fields, seller: { ...fields.seller, registryNumber: '' } }),
      422,
      'SELLER_MISMATCH',
    ],
    [
      'an unknown buyer',
      () => ublInvoice({ ...fields, buyer: { ...fields.buyer, registryNumber: '91440300MA5X00007Q' } }),
      422,
      'BUYER_UNKNOWN',
    ],
    [
      'a buyer by name alone',
      () => ublInvoice({ ...fields, buyer: { ...fields.buyer, registryNumber: '' } }),
      422,
      'BUYER_UNKNOWN',
    ],
    [
      'a buyer in another country',
      () => ublInvoice({ ...fields, buyer: { ...fields.buyer, country: 'DE' } }),
      422,
      'BUYER_UNKNOWN',
    ],
    [
      'a buyer that is no buyer',
      () => ublInvoice({ ...fields, buyer: { ...fields.buyer, registryNumber: '91330200MA1HW2020W' } }),
      422,
      'BUYER_UNKNOWN',
    ],
    ['itself as the buyer', () => ublInvoice({ ...fields, buyer: fields.seller }), 422, 'BUYER_UNKNOWN'],
    ['a credit note', () => ublInvoice({ ...fields, typeCode: '381' }), 422, 'INVOICE_TYPE_REFUSED'],
    [
      'a due day in the past',
      () => ublInvoice({ ...fields, issueDay: '2020-01-01', dueDay: '2020-02-01' }),
      422,
      'INVOICE_DATES_WRONG',
    ],
  ])('%s', async (_name, content, status, code) => {
    await refused(() => upload(cast.tyres, content()), status, code);
  });

  const all = (amount: string) => ({ net: amount, tax: '0.00', gross: amount, payable: amount });

  test('a form without a file, with the file under another name, or no form at all', async () => {
    const wrong = new FormData();
    wrong.append('other', new Blob(['x']), 'x.xml');
    await refused(() => cast.tyres.post('/invoices/uploads', wrong), 400, 'REQUEST_INVALID');
    const text = new FormData();
    text.append('file', 'just text');
    await refused(() => cast.tyres.post('/invoices/uploads', text), 400, 'REQUEST_INVALID');
    await refused(() => cast.tyres.post('/invoices/uploads', { file: 'x' }), 400, 'REQUEST_INVALID');
  });

  test('an invoice twice: as it was, dressed up, re-dated, with another amount, or typed in', async () => {
    const twice = await invoiceFields(cast.tyres, 2_000_00n, { number: 'Twice-77' });
    idOf(await upload(cast.tyres, ublInvoice(twice)));
    for (const change of [
      {},
      { number: ' TWICE - 77' },
      { dueDay: daysFrom(twice.dueDay, 5) },
      all('2000.01'),
      { orderNumber: 'PO-2' },
    ]) {
      await refused(() => upload(cast.tyres, ublInvoice({ ...twice, ...change })), 409, 'INVOICE_DUPLICATE');
    }
    const typed = {
      number: 'twice-77',
      buyerRegistryNumber: twice.buyer.registryNumber,
      issueDay: twice.issueDay,
      dueDay: twice.dueDay,
      currency: 'CNY',
      netMinor: '1',
      taxMinor: '0',
      payableMinor: '1',
    };
    await refused(() => cast.tyres.post('/invoices', typed), 409, 'INVOICE_DUPLICATE');
  });
});

describe('typed invoices', () => {
  test.each<[string, object, number, string]>([
    ['totals that do not add up', { netMinor: '99' }, 422, 'INVOICE_TOTALS_WRONG'],
    ['nothing to pay', { netMinor: '0', payableMinor: '0' }, 422, 'AMOUNT_NOT_POSITIVE'],
    [
      'more than 88 bits',
      { netMinor: (2n ** 88n).toString(), payableMinor: (2n ** 88n).toString() },
      422,
      'AMOUNT_TOO_LARGE',
    ],
    ['a negative amount', { netMinor: '-1', payableMinor: '-1' }, 400, 'REQUEST_INVALID'],
    ['an amount with decimals', { netMinor: '1.5', payableMinor: '1.5' }, 400, 'REQUEST_INVALID'],
    ['a JSON number for an amount', { netMinor: 1, payableMinor: 1 }, 400, 'REQUEST_INVALID'],
    ['an unknown currency', { currency: 'XXX' }, 422, 'CURRENCY_UNKNOWN'],
    ['a name of every object for a currency', { currency: 'toS' }, 422, 'CURRENCY_UNKNOWN'],
    ['an unknown buyer', { buyerRegistryNumber: 'NOBODY-1' }, 422, 'BUYER_UNKNOWN'],
    ['a pattern for a buyer', { buyerRegistryNumber: '%' }, 422, 'BUYER_UNKNOWN'],
    ['a day that does not exist', { dueDay: '2027-02-30' }, 400, 'REQUEST_INVALID'],
    ['due before issue', { dueDay: '2020-01-01', issueDay: '2020-01-02' }, 422, 'INVOICE_DATES_WRONG'],
    ['an unknown field', { admin: true }, 400, 'REQUEST_INVALID'],
    ['a number with control characters', { number: 'A\u0000B' }, 400, 'REQUEST_INVALID'],
    ['a number longer than any', { number: 'x'.repeat(61) }, 400, 'REQUEST_INVALID'],
  ])('%s', async (_name, change, status, code) => {
    const body = {
      number: 'TYPED-1',
      buyerRegistryNumber: fields.buyer.registryNumber,
      issueDay: fields.issueDay,
      dueDay: fields.dueDay,
      currency: 'CNY',
      netMinor: '100',
      taxMinor: '0',
      payableMinor: '100',
    };
    await refused(() => cast.tyres.post('/invoices', { ...body, ...change }), status, code);
  });
});
