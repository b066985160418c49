import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { z } from 'zod';
import { ublInvoice } from '../../../apps/api/src/modules/invoices/ubl-fixture.js';
import { type Cast, idOf, listed, settle, signInAll } from '../../support/main-job.js';
import { startStack, type TestStack } from '../../support/stack.js';
import {
  advanceDays,
  assertSound,
  cash,
  eventually,
  holding,
  invoiceFields,
  organisationId,
  stateOf,
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
const Quote = z.looseObject({
  id: z.uuid(),
  price: z.object({ discount: z.string(), proceeds: z.string(), days: z.int(), allInRatePpm: z.int() }),
  fairPrice: z.looseObject({ warning: z.boolean() }).optional(),
});

describe('from a file to money on a bank account', () => {
  const face = 1_000_000_00n;
  let file: string;
  let invoice: string;
  let payable: string;
  let request: string;
  let quote: string;

  test('a supplier uploads its invoice, and gets back the very bytes', async () => {
    file = ublInvoice(await invoiceFields(cast.tyres, face));
    const answer = await upload(cast.tyres, file, 'Rechnung "1"\r\nX: y.xml');
    invoice = idOf(answer);
    expect(answer.body).toMatchObject({
      state: 'SUBMITTED',
      hasDocument: true,
      amount: { minor: face.toString(), currency: 'CNY' },
      buyer: { name: 'Aurora Motors' },
    });
    const download = await fetch(`${stack.url}/api/v1/invoices/${invoice}/document`, {
      headers: { cookie: cast.buyerMaker.cookie },
    });
    expect(await download.text()).toBe(file);
    expect(download.headers.get('content-disposition')).toMatch(
      /^attachment; filename="invoice\.xml"; filename\*=UTF-8''/,
    );
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('maker and checker see the same digest; one person alone cannot do it', async () => {
    idOf(await cast.buyerMaker.post(`/invoices/${invoice}/decision`, { decision: 'CONFIRM' }));
    const Seen = z.object({ decision: z.looseObject({ digest: z.string(), maker: z.string() }) });
    const maker = Seen.parse((await cast.buyerMaker.get(`/invoices/${invoice}`)).body);
    const checker = Seen.parse((await cast.buyerChecker.get(`/invoices/${invoice}`)).body);
    expect(checker.decision.digest).toBe(maker.decision.digest);
    // The seller does not look into its customer's office.
    expect((await cast.tyres.get(`/invoices/${invoice}`)).body).not.toHaveProperty('decision');
    expect((await cast.buyerMaker.post(`/invoices/${invoice}/decision/approve`)).code).toBe('SAME_PERSON');
    const other = { digest: '0'.repeat(64) };
    expect((await cast.buyerChecker.post(`/invoices/${invoice}/decision/approve`, other)).code).toBe(
      'CONFIRMATION_STATE',
    );
    const seen = { digest: checker.decision.digest };
    await settle(cast.buyerChecker, await cast.buyerChecker.post(`/invoices/${invoice}/decision/approve`, seen));
    const { body } = await cast.tyres.get(`/invoices/${invoice}`);
    expect(body).toMatchObject({ state: 'CONFIRMED', decision: { maker: 'Aurora Motors', checker: 'Aurora Motors' } });
    payable = z.object({ payableId: z.uuid() }).parse(body).payableId;
  });

  test('the evidence that was hashed onto the register is kept, and covers both persons', async () => {
    const client = new pg.Client({ connectionString: stack.database.url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT c.evidence, c.evidence_hash = r.evidence_hash AS same FROM app.confirmation c JOIN app.payable p USING (invoice_id)
       JOIN register.payable r ON r.payable_id = p.register_id WHERE p.id = $1`,
      [payable],
    );
    await client.end();
    expect(rows[0]).toMatchObject({
      same: true,
      evidence: {
        maker: { name: 'Wang Fang' },
        checker: { name: 'Zhang Wei' },
        facts: { amountMinor: face.toString() },
      },
    });
  });

  test('half is passed on, and only as accepted', async () => {
    const offer = { toOrganisationId: hubs, units: (face / 2n).toString(), reference: 'KH-1' };
    const transfer = idOf(await cast.tyres.post(`/payables/${payable}/transfers`, offer));
    expect(await holding(cast.tyres, payable)).toMatchObject({
      held: `${face}`,
      free: `${face / 2n}`,
      offered: `${face / 2n}`,
    });
    expect((await cast.hubs.get(`/payables/${payable}`)).status).toBe(404);
    await settle(cast.hubs, await cast.hubs.post(`/transfers/${transfer}/accept`));
    expect(await stateOf(cast.tyres, `/transfers/${transfer}`)).toBe('COMPLETED');
    expect(await holding(cast.tyres, payable)).toMatchObject({
      held: `${face / 2n}`,
      free: `${face / 2n}`,
      offered: '0',
    });
    expect(await holding(cast.hubs, payable)).toMatchObject({ held: `${face / 2n}`, free: `${face / 2n}` });
  });

  test('a bank quotes: exact price, limit blocked, money set aside, and the seller sees what else it could do', async () => {
    const units = face / 2n;
    request = idOf(await cast.hubs.post(`/payables/${payable}/financing-requests`, { units: `${units}` }));
    const before = await cash(cast.bankMaker);
    const preview = await cast.bankMaker.call('POST', `/financing-requests/${request}/price-previews`, {
      ratePpm: 40_000,
    });
    const given = await cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 40_000 });
    quote = idOf(given);
    const { price } = Quote.parse(given.body);
    // 50,000,000 x 4 % x 90 / 360
    expect(price).toMatchObject({ days: 90, discount: '500000', proceeds: '49500000' });
    expect(preview.body).toEqual(z.object({ price: z.unknown() }).parse(given.body).price);
    const after = await cash(cast.bankMaker);
    expect(BigInt(before.available) - BigInt(after.available)).toBe(BigInt(price.proceeds));
    expect(after.balance).toBe(before.balance);
    const seen = z
      .object({ quotes: z.array(Quote) })
      .parse((await cast.hubs.get(`/financing-requests/${request}`)).body);
    // All-in 4.04 % against the reference loan of 3.48 %.
    expect(seen.quotes[0]?.fairPrice).toMatchObject({ warning: true, holdToMaturity: { proceeds: `${units}` } });
    const bank = z
      .object({ quotes: z.array(Quote) })
      .parse((await cast.bankMaker.get(`/financing-requests/${request}`)).body);
    expect(bank.quotes[0]).not.toHaveProperty('fairPrice');
    expect(
      z.object({ quotes: z.array(Quote) }).parse((await cast.otherBankMaker.get(`/financing-requests/${request}`)).body)
        .quotes,
    ).toEqual([]);
  });

  test('the sale settles both legs at once; the other bank has lost', async () => {
    const rival = idOf(await cast.otherBankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 50_000 }));
    const before = await cash(cast.hubs);
    await settle(cast.hubs, await cast.hubs.post(`/quotes/${quote}/accept`));
    expect(BigInt((await cash(cast.hubs)).available) - BigInt(before.available)).toBe(49_500_000n);
    expect((await holding(cast.hubs, payable)).held).toBe('0');
    expect((await holding(cast.bankMaker, payable)).held).toBe(`${face / 2n}`);
    const quotes = await listed(cast.otherBankMaker, '/quotes');
    expect(quotes.find(({ id }) => id === rival)).toMatchObject({ state: 'LOST' });
    expect((await cash(cast.otherBankMaker)).reserved).toBe('0');
    expect(await stateOf(cast.hubs, `/financing-requests/${request}`)).toBe('COMPLETED');
  });

  test('the buyer sees its payable and its way, but no price; a holder sees its own steps', async () => {
    const Movements = z.object({
      movements: z.array(z.looseObject({ kind: z.string(), price: z.string().optional() })),
    });
    const buyer = Movements.parse((await cast.buyerMaker.get(`/payables/${payable}`)).body).movements;
    expect(buyer.map(({ kind }) => kind)).toEqual(['ISSUE', 'PASS', 'SALE']);
    expect(buyer.every(({ price }) => price === undefined)).toBe(true);
    const seller = Movements.parse((await cast.hubs.get(`/payables/${payable}`)).body).movements;
    expect(seller.find(({ kind }) => kind === 'SALE')?.price).toBe('49500000');
    const first = Movements.parse((await cast.tyres.get(`/payables/${payable}`)).body).movements;
    expect(first.map(({ kind }) => kind)).toEqual(['ISSUE', 'PASS']);
    const supervisor = Movements.parse((await cast.supervisor.get(`/payables/${payable}`)).body).movements;
    expect(supervisor.find(({ kind }) => kind === 'SALE')?.price).toBe('49500000');
  });

  test('the buyer pays at maturity, and every holder is paid without asking', async () => {
    await advanceDays(cast, 90);
    const [tyres, bank] = [await cash(cast.tyres), await cash(cast.bankMaker)];
    await settle(
      cast.buyerTreasurer,
      await cast.buyerTreasurer.post(`/payables/${payable}/payments`, { minor: `${face}`, expectedPaidMinor: '0' }),
    );
    await eventually(
      () => cash(cast.tyres),
      ({ available }) => BigInt(available) - BigInt(tyres.available) === face / 2n,
    );
    await eventually(
      () => cash(cast.bankMaker),
      ({ available }) => BigInt(available) - BigInt(bank.available) === face / 2n,
    );
    expect(await stateOf(cast.buyerMaker, `/payables/${payable}`)).toMatch(/PAID|CLOSED/);
    expect(await holding(cast.tyres, payable)).toMatchObject({ held: '0', received: `${face / 2n}` });
  });

  test('money goes out through the settlement bank, or comes back', async () => {
    const amount = { minor: '20000000', currency: 'CNY' };
    const before = await cash(cast.tyres);
    await settle(cast.tyres, await cast.tyres.post('/payouts', { amount }));
    await settle(cast.tyres, await cast.tyres.post('/payouts', { amount }));
    const [second, first] = (await listed(cast.settlement, '/payouts?state=REQUESTED')).map((item) => item.id);
    const used = await listed(cast.settlement, '/deposits');
    expect(
      (await cast.settlement.post(`/payouts/${first}/confirm`, { bankReference: used[0]?.bankReference })).code,
    ).toBe('REFERENCE_USED');
    await settle(cast.settlement, await cast.settlement.post(`/payouts/${first}/confirm`, { bankReference: 'OUT-1' }));
    expect((await cast.settlement.post(`/payouts/${second}/confirm`, { bankReference: 'OUT-1' })).code).toBe(
      'REFERENCE_USED',
    );
    await settle(
      cast.settlement,
      await cast.settlement.post(`/payouts/${second}/return`, { reason: 'account closed' }),
    );
    expect((await cast.settlement.post(`/payouts/${second}/confirm`, { bankReference: 'OUT-2' })).code).toBe(
      'PAYOUT_STATE',
    );
    const after = await cash(cast.tyres);
    expect(BigInt(before.balance) - BigInt(after.balance)).toBe(20_000_000n);
    expect(after.reserved).toBe('0');
    expect((await cash(cast.settlement)).balance).toBe('0');
    const states = (await listed(cast.tyres, '/payouts')).map(({ id, state }) => [id, state]);
    expect(states).toEqual(
      expect.arrayContaining([
        [first, 'PAID'],
        [second, 'RETURNED'],
      ]),
    );
  });

  test('the history of cash says who and what for, page by page', async () => {
    const Entries = z.object({
      items: z.array(z.looseObject({ id: z.string(), kind: z.string(), direction: z.string() })),
      nextCursor: z.string().optional(),
    });
    const all = Entries.parse((await cast.tyres.get('/cash/entries')).body).items;
    expect(all.map(({ kind, direction }) => `${kind} ${direction}`)).toEqual([
      'PAYOUT_RETURN IN',
      'PAYOUT OUT',
      'PAYOUT OUT',
      'CLAIM IN',
    ]);
    expect(all[3]).toMatchObject({
      counterparty: { name: 'Aurora Motors' },
      payableId: payable,
      amount: { minor: `${face / 2n}` },
    });
    expect(all.filter((entry) => entry.reference === 'OUT-1')).toHaveLength(1);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = Entries.parse(
        (await cast.tyres.get(`/cash/entries?limit=1${cursor ? `&cursor=${cursor}` : ''}`)).body,
      );
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  test('the invoice has a timeline; people of the other side stay unnamed', async () => {
    const seller = Timeline.parse((await cast.tyres.get(`/invoices/${invoice}`)).body).timeline;
    expect(seller.map(({ event }) => event)).toEqual([
      'invoice.submitted',
      'invoice.confirmation_approved',
      'invoice.confirmed',
    ]);
    expect(seller[0]?.person).toBe('Zhao Min');
    expect(seller[1]?.person).toBeUndefined();
    const buyer = Timeline.parse((await cast.buyerMaker.get(`/invoices/${invoice}`)).body).timeline;
    expect(buyer.map(({ event }) => event)).toContain('decision.confirmation_proposed');
    expect(buyer.find(({ event }) => event === 'invoice.submitted')?.person).toBeUndefined();
  });

  test('and everything adds up', () => assertSound(stack));
});
