import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { UblFields } from '../../../apps/api/src/modules/invoices/ubl-fixture.js';
import { type Cast, idOf, settle, signInAll } from '../../support/main-job.js';
import { startStack, type TestStack } from '../../support/stack.js';
import { type Refused, watchRefusals } from './refusals.js';
import {
  advanceDays,
  assertSound,
  daysFrom,
  holding,
  invoiceFields,
  organisationId,
  payableOf,
  submitInvoice,
} from './steps.js';

/** Wishes that cannot be: a stable code, words for people, and nothing changed. */

let stack: TestStack;
let cast: Cast;
let fields: UblFields;
let hubs: string;
let watch: Awaited<ReturnType<typeof watchRefusals>>;
const refused: Refused = (...wish) => watch.refused(...wish);

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
  fields = await invoiceFields(cast.tyres, 1_000_00n);
  hubs = await organisationId(cast.tyres, 'Keystone Hubs');
  watch = await watchRefusals(stack);
}, 120_000);
afterAll(async () => {
  await watch?.close();
  await stack?.stop();
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

  test('deposits that were booked before, for nobody, of nothing, or by who may not', async () => {
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
  });

  test('payouts of what is not there, or by who may not', async () => {
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
