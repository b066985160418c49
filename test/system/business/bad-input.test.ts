import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type UblFields, ublInvoice } from '../../../apps/api/src/modules/invoices/ubl-fixture.js';
import { type Cast, idOf, settle, signInAll } from '../../support/main-job.js';
import { type Answer, startStack, type TestStack } from '../../support/stack.js';
import {
  advanceDays,
  assertSound,
  daysFrom,
  holding,
  invoiceFields,
  organisationId,
  payableOf,
  submitInvoice,
  upload,
} from './steps.js';

/** Everything wrong that people and programs may send: a stable code, words for people, and nothing changed. */

let stack: TestStack;
let cast: Cast;
let fields: UblFields;
let hubs: string;
let database: pg.Client;

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
  fields = await invoiceFields(cast.tyres, 1_000_00n);
  hubs = await organisationId(cast.tyres, 'Keystone Hubs');
  database = new pg.Client({ connectionString: stack.database.url });
  await database.connect();
}, 120_000);
afterAll(async () => {
  await database?.end();
  await stack?.stop();
});

/** Rows of everything business changes, and what is on its way to the register. */
async function census(): Promise<string> {
  const tables = [
    'invoice',
    'document',
    'confirmation',
    'payable',
    'transfer',
    'financing_request',
    'quote',
    'payment',
    'payout',
    'deposit',
  ];
  const states = tables.map(
    (table) => `(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM app.${table} t)`,
  );
  const { rows } = await database.query(
    `SELECT concat_ws(',', ${states.join(', ')}, (SELECT count(*) FROM ops.operation)) AS census`,
  );
  return String(rows[0]?.census);
}

/** The wish is refused with this code, in words, and the database is what it was before. */
async function refused(wish: () => Promise<Answer>, status: number, code: string): Promise<void> {
  const before = await census();
  const answer = await wish();
  expect({ status: answer.status, code: answer.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ detail: expect.stringMatching(/^[A-Z].{10,}\.$/) });
  expect(await census()).toBe(before);
}

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

describe('decisions', () => {
  test('confirm twice, decide without a proposal, decide what has ended', async () => {
    const invoice = await submitInvoice(cast, 1_000_00n);
    const decision = `/invoices/${invoice}/decision`;
    await refused(() => cast.buyerChecker.post(`${decision}/approve`), 409, 'CONFIRMATION_STATE');
    await refused(() => cast.buyerChecker.post(`${decision}/decline`, { reason: 'no' }), 409, 'CONFIRMATION_STATE');
    idOf(await cast.buyerMaker.post(decision, { decision: 'CONFIRM' }));
    await refused(() => cast.buyerMaker.post(decision, { decision: 'CONFIRM' }), 409, 'CONFIRMATION_STATE');
    await refused(
      () => cast.buyerMaker.post(decision, { decision: 'REJECT', reason: 'no' }),
      409,
      'CONFIRMATION_STATE',
    );
    await refused(() => cast.tyres.post(`/invoices/${invoice}/withdraw`), 409, 'INVOICE_STATE');
    await refused(() => cast.buyerMaker.post(`${decision}/approve`), 403, 'SAME_PERSON');
    await settle(cast.buyerChecker, await cast.buyerChecker.post(`${decision}/approve`));
    await refused(() => cast.buyerChecker.post(`${decision}/approve`), 409, 'CONFIRMATION_STATE');
    await refused(() => cast.buyerMaker.post(decision, { decision: 'CONFIRM' }), 409, 'INVOICE_STATE');
    await refused(() => cast.tyres.post(`/invoices/${invoice}/withdraw`), 409, 'INVOICE_STATE');
  });

  test('a decision that is none', async () => {
    const invoice = await submitInvoice(cast, 1_000_00n);
    const decision = `/invoices/${invoice}/decision`;
    await refused(() => cast.buyerMaker.post(decision, { decision: 'MAYBE' }), 400, 'REQUEST_INVALID');
    await refused(() => cast.buyerMaker.post(decision, { decision: 'REJECT' }), 400, 'REQUEST_INVALID');
    await refused(
      () => cast.buyerMaker.post(decision, { decision: 'CONFIRM', dueDay: daysFrom(fields.dueDay, 400) }),
      422,
      'INVOICE_DATES_WRONG',
    );
    await refused(() => cast.tyres.post(decision, { decision: 'CONFIRM' }), 403, 'FORBIDDEN');
  });
});

describe('units', () => {
  test('more than held, nothing, to nobody, to a bank, to oneself, back to the debtor', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const offer = (change: object) =>
      cast.tyres.post(`/payables/${payable}/transfers`, {
        toOrganisationId: hubs,
        units: '1',
        reference: 'R',
        ...change,
      });
    const id = (name: string) => organisationId(cast.tyres, name);
    const [bank, buyer, own, operations] = [
      await id('First River'),
      await id('Aurora'),
      await id('Northwind'),
      await id('Headwater'),
    ];
    await refused(() => offer({ units: '100001' }), 409, 'UNITS_NOT_AVAILABLE');
    await refused(() => offer({ units: '0' }), 422, 'AMOUNT_NOT_POSITIVE');
    await refused(() => offer({ units: '-5' }), 400, 'REQUEST_INVALID');
    await refused(
      () => offer({ toOrganisationId: '019a0000-0000-7000-8000-000000000001' }),
      422,
      'ORGANISATION_UNKNOWN',
    );
    await refused(() => offer({ toOrganisationId: bank }), 422, 'RECIPIENT_REFUSED');
    await refused(() => offer({ toOrganisationId: own }), 422, 'RECIPIENT_REFUSED');
    await refused(() => offer({ toOrganisationId: buyer }), 422, 'RECIPIENT_REFUSED');
    await refused(() => offer({ toOrganisationId: operations }), 422, 'RECIPIENT_REFUSED');
    await refused(() => offer({ expiresInHours: 0 }), 400, 'REQUEST_INVALID');
    await refused(
      () => cast.hubs.post(`/payables/${payable}/transfers`, { toOrganisationId: hubs, units: '1', reference: 'R' }),
      404,
      'NOT_FOUND',
    );
    await refused(
      () => cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '100001' }),
      409,
      'UNITS_NOT_AVAILABLE',
    );
    await refused(() => cast.tyres.post(`/payables/${payable}/claims`), 409, 'NOTHING_TO_CLAIM');
    expect(await holding(cast.tyres, payable)).toMatchObject({ held: '100000', free: '100000' });
  });

  test("accepting, refusing and withdrawing what is not one's own move, or over", async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const transfer = idOf(
      await cast.tyres.post(`/payables/${payable}/transfers`, {
        toOrganisationId: hubs,
        units: '600',
        reference: 'R',
        expiresInHours: 24,
      }),
    );
    await refused(() => cast.tyres.post(`/transfers/${transfer}/accept`), 403, 'FORBIDDEN');
    await refused(() => cast.hubs.post(`/transfers/${transfer}/withdraw`), 403, 'FORBIDDEN');
    await refused(() => cast.alloys.post(`/transfers/${transfer}/accept`), 404, 'NOT_FOUND');
    await settle(cast.hubs, await cast.hubs.post(`/transfers/${transfer}/accept`));
    await refused(() => cast.hubs.post(`/transfers/${transfer}/accept`), 409, 'TRANSFER_STATE');
    await refused(() => cast.hubs.post(`/transfers/${transfer}/refuse`, { reason: 'no' }), 409, 'TRANSFER_STATE');
    await refused(() => cast.tyres.post(`/transfers/${transfer}/withdraw`), 409, 'TRANSFER_STATE');
    const late = idOf(
      await cast.tyres.post(`/payables/${payable}/transfers`, {
        toOrganisationId: hubs,
        units: '600',
        reference: 'R',
        expiresInHours: 1,
      }),
    );
    await advanceDays(cast, 1);
    await refused(() => cast.hubs.post(`/transfers/${late}/accept`), 409, 'TRANSFER_STATE');
    expect((await cast.hubs.get(`/transfers/${late}`)).body).toMatchObject({ state: 'EXPIRED' });
    expect(await holding(cast.tyres, payable)).toMatchObject({ held: '99400', free: '99400', offered: '0' });
  });
});

describe('quotes', () => {
  test('wrong rates, too little limit, twice, expired, decided, by others', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const request = idOf(await cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '100000' }));
    const give = (change: object = {}) =>
      cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 40_000, ...change });
    await refused(() => give({ ratePpm: -1 }), 400, 'REQUEST_INVALID');
    await refused(() => give({ ratePpm: 1_000_001 }), 400, 'REQUEST_INVALID');
    await refused(() => give({ feeMinor: '100000' }), 422, 'RATE_OUT_OF_RANGE');
    await refused(() => give({ feeMinor: '99990' }), 422, 'RATE_OUT_OF_RANGE');
    await refused(() => cast.tyres.post(`/financing-requests/${request}/quotes`, { ratePpm: 1 }), 403, 'FORBIDDEN');
    const brief = idOf(await give({ validMinutes: 30 }));
    await refused(() => give(), 409, 'QUOTE_EXISTS');
    await refused(() => cast.bankMaker.post(`/quotes/${brief}/accept`), 403, 'FORBIDDEN');
    await refused(() => cast.tyres.post(`/quotes/${brief}/withdraw`), 403, 'FORBIDDEN');
    await refused(() => cast.hubs.post(`/quotes/${brief}/accept`), 404, 'NOT_FOUND');
    await refused(() => cast.otherBankMaker.post(`/quotes/${brief}/withdraw`), 404, 'NOT_FOUND');
    await advanceDays(cast, 1);
    await refused(() => cast.tyres.post(`/quotes/${brief}/accept`), 409, 'QUOTE_EXPIRED');
    const taken = idOf(await give());
    await settle(cast.tyres, await cast.tyres.post(`/quotes/${taken}/accept`));
    await refused(() => cast.tyres.post(`/quotes/${taken}/accept`), 409, 'QUOTE_STATE');
    await refused(() => cast.bankMaker.post(`/quotes/${taken}/withdraw`), 409, 'QUOTE_STATE');
    await refused(() => give(), 409, 'REQUEST_STATE');
    await refused(() => cast.tyres.post(`/financing-requests/${request}/withdraw`), 409, 'REQUEST_STATE');
    await refused(
      () =>
        cast.bankMaker.post(`/payables/${payable}/transfers`, { toOrganisationId: hubs, units: '1', reference: 'R' }),
      403,
      'FORBIDDEN',
    );
    await refused(
      () => cast.bankMaker.post(`/payables/${payable}/financing-requests`, { units: '1' }),
      403,
      'FORBIDDEN',
    );
  });

  test('more than the limit, and more than the money', async () => {
    const payable = await payableOf(cast, 90_000_000_00n);
    const request = idOf(await cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '9000000000' }));
    await refused(
      () => cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 1 }),
      409,
      'LIMIT_EXCEEDED',
    );
    const limit = { obligorGroup: 'Aurora Group', limit: { minor: '9900000000', currency: 'CNY' } };
    await settle(
      cast.bankChecker,
      await cast.bankChecker.call('PUT', '/credit-limits', limit, { 'idempotency-key': 'raise' }),
    );
    await refused(
      () => cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 1 }),
      409,
      'FUNDS_NOT_AVAILABLE',
    );
    const unknown = { obligorGroup: 'No Such Group', limit: { minor: '1', currency: 'CNY' } };
    await refused(
      () => cast.bankChecker.call('PUT', '/credit-limits', unknown, { 'idempotency-key': 'x' }),
      422,
      'ORGANISATION_UNKNOWN',
    );
    await refused(
      () => cast.bankMaker.call('PUT', '/credit-limits', limit, { 'idempotency-key': 'y' }),
      403,
      'FORBIDDEN',
    );
  });
});

describe('money', () => {
  test("pay too much, too early, changed, not one's own, what is not there", async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const pay = (body: object) => cast.buyerTreasurer.post(`/payables/${payable}/payments`, body);
    await refused(() => pay({ minor: '100001' }), 422, 'PAYMENT_TOO_LARGE');
    await refused(() => pay({ minor: '99999' }), 409, 'PAYMENT_TOO_EARLY');
    await refused(() => pay({ minor: '0' }), 422, 'AMOUNT_NOT_POSITIVE');
    await refused(() => pay({ minor: '100000', expectedPaidMinor: '1' }), 409, 'PAYMENT_CHANGED');
    await refused(() => cast.tyres.post(`/payables/${payable}/payments`, { minor: '100000' }), 403, 'FORBIDDEN');
    await refused(() => cast.buyerMaker.post(`/payables/${payable}/payments`, { minor: '100000' }), 403, 'FORBIDDEN');
    await settle(cast.buyerTreasurer, await pay({ minor: '100000' }));
    await refused(() => pay({ minor: '1' }), 422, 'PAYMENT_TOO_LARGE');
    const dear = await payableOf(cast, 90_000_000_00n);
    await refused(
      () => cast.buyerTreasurer.post(`/payables/${dear}/payments`, { minor: '9000000000' }),
      409,
      'FUNDS_NOT_AVAILABLE',
    );
  });

  test('deposits and payouts', async () => {
    const deposit = (change: object = {}) =>
      cast.settlement.post('/deposits', {
        organisationId: hubs,
        amount: { minor: '500', currency: 'CNY' },
        bankReference: 'IN-1',
        ...change,
      });
    await settle(cast.settlement, await deposit());
    await refused(() => deposit(), 409, 'REFERENCE_USED');
    await refused(
      () => deposit({ bankReference: 'IN-2', organisationId: '019a0000-0000-7000-8000-000000000001' }),
      422,
      'ORGANISATION_UNKNOWN',
    );
    await refused(
      () => deposit({ bankReference: 'IN-2', amount: { minor: '0', currency: 'CNY' } }),
      422,
      'AMOUNT_NOT_POSITIVE',
    );
    await refused(
      () => deposit({ bankReference: 'IN-2', amount: { minor: (2n ** 88n).toString(), currency: 'CNY' } }),
      422,
      'AMOUNT_TOO_LARGE',
    );
    await refused(
      () => deposit({ bankReference: 'IN-2', amount: { minor: '1', currency: 'XXX' } }),
      400,
      'REQUEST_INVALID',
    );
    await refused(
      () =>
        cast.tyres.post('/deposits', {
          organisationId: hubs,
          amount: { minor: '5', currency: 'CNY' },
          bankReference: 'IN-3',
        }),
      403,
      'FORBIDDEN',
    );
    await refused(
      () => cast.hubs.post('/payouts', { amount: { minor: '501', currency: 'CNY' } }),
      409,
      'FUNDS_NOT_AVAILABLE',
    );
    await refused(
      () => cast.hubs.post('/payouts', { amount: { minor: '1', currency: 'KWD' } }),
      409,
      'FUNDS_NOT_AVAILABLE',
    );
    await refused(
      () => cast.settlement.post('/payouts', { amount: { minor: '1', currency: 'CNY' } }),
      409,
      'ROLE_MISMATCH',
    );
    await refused(
      () => cast.buyerMaker.post('/payouts', { amount: { minor: '1', currency: 'CNY' } }),
      403,
      'FORBIDDEN',
    );
  });

  test('and everything adds up', () => assertSound(stack));
});
