import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { z } from 'zod';
import { ublInvoice } from '../../../apps/api/src/modules/invoices/ubl-fixture.js';
import { type Cast, idOf, listed, settle, signInAll } from '../../support/main-job.js';
import { startStack, type TestStack } from '../../support/stack.js';
import {
  assertSound,
  cash,
  confirm,
  daysFrom,
  eventually,
  holding,
  invoiceFields,
  Loose,
  organisationId,
  payableOf,
  stateOf,
  submitInvoice,
  today,
  upload,
} from './steps.js';

let stack: TestStack;
let cast: Cast;
let hubs: string;

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
  hubs = await organisationId(cast.tyres, 'Keystone Hubs');
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

const Timeline = z.object({ timeline: z.array(z.looseObject({ event: z.string(), person: z.string().optional() })) });
describe('endings that are not the main job', () => {
  test('a rejected invoice may come again corrected, and a withdrawn one too', async () => {
    const fields = await invoiceFields(cast.tyres, 5_000_00n);
    const first = idOf(await upload(cast.tyres, ublInvoice(fields)));
    idOf(await cast.buyerMaker.post(`/invoices/${first}/decision`, { decision: 'REJECT', reason: 'goods damaged' }));
    const rejected = await cast.buyerChecker.post(`/invoices/${first}/decision/approve`);
    expect(rejected).toMatchObject({ status: 202, body: { state: 'DONE' } });
    expect((await cast.tyres.get(`/invoices/${first}`)).body).toMatchObject({
      state: 'REJECTED',
      decision: { reason: 'goods damaged', checker: 'Aurora Motors' },
    });
    const second = idOf(await upload(cast.tyres, ublInvoice(fields)));
    expect((await cast.tyres.post(`/invoices/${second}/withdraw`)).status).toBe(200);
    expect((await cast.tyres.post(`/invoices/${second}/withdraw`)).code).toBe('INVOICE_STATE');
    const third = idOf(await upload(cast.tyres, ublInvoice(fields)));
    expect(
      (await upload(cast.tyres, ublInvoice({ ...fields, net: '1.00', gross: '1.00', payable: '1.00' }))).code,
    ).toBe('INVOICE_DUPLICATE');
    await confirm(cast, third);
    expect((await upload(cast.tyres, ublInvoice(fields))).code).toBe('INVOICE_DUPLICATE');
  });

  test('a declined proposal leaves the invoice with the buyer, unseen by the seller', async () => {
    const invoice = await submitInvoice(cast, 5_000_00n);
    idOf(await cast.buyerMaker.post(`/invoices/${invoice}/decision`, { decision: 'REJECT', reason: 'wrong address' }));
    const declined = await cast.buyerChecker.post(`/invoices/${invoice}/decision/decline`, {
      reason: 'the address is right',
    });
    expect(declined.body).toMatchObject({ state: 'SUBMITTED' });
    const seller = Timeline.parse((await cast.tyres.get(`/invoices/${invoice}`)).body).timeline;
    expect(seller.map(({ event }) => event)).toEqual(['invoice.submitted']);
    await confirm(cast, invoice);
  });

  test('the buyer may promise an earlier day, never a later one', async () => {
    const invoice = await submitInvoice(cast, 5_000_00n);
    const now = await today(cast.buyerMaker);
    const propose = (dueDay: string) =>
      cast.buyerMaker.post(`/invoices/${invoice}/decision`, { decision: 'CONFIRM', dueDay });
    expect((await propose(daysFrom(now, 91))).code).toBe('INVOICE_DATES_WRONG');
    expect((await propose(daysFrom(now, -1))).code).toBe('DUE_DAY_PAST');
    idOf(await propose(daysFrom(now, 30)));
    await settle(cast.buyerChecker, await cast.buyerChecker.post(`/invoices/${invoice}/decision/approve`));
    const found = (await listed(cast.tyres, '/payables')).find((item) => item.dueDay === daysFrom(now, 30));
    expect(found).toMatchObject({ state: 'OPEN', daysToDue: 30 });
  });

  test('a sale the register refuses leaves the request open for others, with limit and money back', async () => {
    const payable = await payableOf(cast, 3_000_000_00n);
    const request = idOf(await cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '300000000' }));
    const quote = idOf(await cast.otherBankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 30_000 }));
    // The bank lowers its limit under what it has quoted: the register, which alone counts what is carried, says no.
    const limit = { obligorGroup: 'Aurora Group', limit: { minor: '1', currency: 'CNY' } };
    await settle(
      cast.otherBankChecker,
      await cast.otherBankChecker.call('PUT', '/credit-limits', limit, { 'idempotency-key': 'lower' }),
    );
    const accepted = await cast.tyres.post(`/quotes/${quote}/accept`);
    await expect(settle(cast.tyres, accepted)).rejects.toThrow('LIMIT_EXCEEDED');
    expect(await stateOf(cast.tyres, `/financing-requests/${request}`)).toBe('OPEN');
    expect((await listed(cast.otherBankMaker, '/quotes')).find(({ id }) => id === quote)).toMatchObject({
      state: 'FAILED',
    });
    expect((await cash(cast.otherBankMaker)).reserved).toBe('0');
    expect(await holding(cast.tyres, payable)).toMatchObject({ held: '300000000', requested: '300000000' });
    const better = idOf(await cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 35_000 }));
    await settle(cast.tyres, await cast.tyres.post(`/quotes/${better}/accept`));
    expect((await holding(cast.bankMaker, payable)).held).toBe('300000000');
  });

  test('an invoice the register has seen before is refused there, even where the database has forgotten', async () => {
    const fields = await invoiceFields(cast.tyres, 7_000_00n);
    const first = idOf(await upload(cast.tyres, ublInvoice(fields)));
    await confirm(cast, first);
    const client = new pg.Client({ connectionString: stack.database.url });
    await client.connect();
    await client.query('DELETE FROM app.payable WHERE invoice_id = $1', [first]);
    await client.query('DELETE FROM app.confirmation WHERE invoice_id = $1', [first]);
    await client.query('DELETE FROM app.invoice WHERE id = $1', [first]);
    await client.end();
    const again = idOf(await upload(cast.tyres, ublInvoice(fields)));
    await expect(confirm(cast, again)).rejects.toThrow('INVOICE_DUPLICATE');
    expect((await cast.buyerMaker.get(`/invoices/${again}`)).body).toMatchObject({
      state: 'SUBMITTED',
      failure: 'INVOICE_DUPLICATE',
    });
    expect((await cast.buyerMaker.get(`/invoices/${again}`)).body).not.toHaveProperty('payableId');
  });

  test('a payment ends what is offered and asked, and money set aside comes back', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const offer = { toOrganisationId: hubs, units: '40000', reference: 'KH-2' };
    const transfer = idOf(await cast.tyres.post(`/payables/${payable}/transfers`, offer));
    const request = idOf(await cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '60000' }));
    const quote = idOf(await cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 30_000 }));
    await settle(
      cast.buyerTreasurer,
      await cast.buyerTreasurer.post(`/payables/${payable}/payments`, { minor: '100000' }),
    );
    expect((await cast.hubs.post(`/transfers/${transfer}/accept`)).code).toBe('TRANSFER_STATE');
    expect((await cast.tyres.post(`/quotes/${quote}/accept`)).code).toBe('QUOTE_STATE');
    expect((await cash(cast.bankMaker)).reserved).toBe('0');
    await eventually(
      () => holding(cast.tyres, payable),
      ({ received }) => received === '100000',
    );
  });

  test('lists are filtered and come in pages without gaps', async () => {
    const Page = z.object({ items: z.array(Loose), nextCursor: z.string().optional() });
    const all = Page.parse((await cast.tyres.get('/invoices?limit=100')).body).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = Page.parse((await cast.tyres.get(`/invoices?limit=2${cursor ? `&cursor=${cursor}` : ''}`)).body);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(paged).toEqual(all);
    const rejected = Page.parse((await cast.tyres.get('/invoices?state=REJECTED')).body).items;
    expect(rejected.every(({ state }) => state === 'REJECTED') && rejected.length > 0).toBe(true);
    expect(Page.parse((await cast.tyres.get('/invoices?q=%25')).body).items).toEqual([]);
    expect((await cast.tyres.get('/invoices?cursor=bm9uc2Vuc2U')).code).toBe('REQUEST_INVALID');
    expect((await cast.tyres.get('/cash/entries?cursor=bm9uc2Vuc2U')).code).toBe('REQUEST_INVALID');
  });

  test('and everything adds up', () => assertSound(stack));
});
