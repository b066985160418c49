import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ublInvoice } from '../../../apps/api/src/modules/invoices/ubl-fixture.js';
import { type Cast, idOf, listed, settle, signInAll } from '../../support/main-job.js';
import { type Answer, startStack, type TestStack } from '../../support/stack.js';
import {
  assertSound,
  cash,
  eventually,
  holding,
  invoiceFields,
  organisationId,
  payableOf,
  stateOf,
  submitInvoice,
  upload,
} from './steps.js';

/** The same thing wanted at the same moment: one winner, clear answers for the others, and sums that hold. */

let stack: TestStack;
let cast: Cast;
let hubs: string;
let alloys: string;

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
  hubs = await organisationId(cast.tyres, 'Keystone Hubs');
  alloys = await organisationId(cast.tyres, 'Silverlake Alloys');
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

const LimitList = z.object({ items: z.array(z.object({ utilised: z.string() })) });

const times = <T>(count: number, wish: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => wish(index)));

/** How often each outcome came, e.g. { "201": 1, "INVOICE_DUPLICATE": 11 }. */
function tally(answers: readonly Answer[]): Record<string, number> {
  const outcomes = answers.map(({ status, code }) => code ?? String(status));
  return Object.fromEntries(
    [...new Set(outcomes)].map((outcome) => [outcome, outcomes.filter((o) => o === outcome).length]),
  );
}

/** Operations whose answers were successes, followed to their end whatever it is. */
async function followAll(who: Cast[keyof Cast], answers: readonly Answer[]): Promise<void> {
  await Promise.all(
    answers.filter(({ status }) => status === 202).map((answer) => settle(who, answer).catch(() => undefined)),
  );
}

test('one invoice uploaded thirty times at once is one invoice', async () => {
  const file = ublInvoice(await invoiceFields(cast.tyres, 1_000_00n, { number: 'RACE-1' }));
  const answers = await times(30, () => upload(cast.tyres, file));
  expect(tally(answers)).toEqual({ 201: 1, INVOICE_DUPLICATE: 29 });
  expect(await listed(cast.tyres, '/invoices?q=RACE-1')).toHaveLength(1);
});

test('confirm and reject proposed at once: one proposal', async () => {
  const invoice = await submitInvoice(cast, 1_000_00n);
  const answers = await times(10, (i) =>
    cast.buyerMaker.post(
      `/invoices/${invoice}/decision`,
      i % 2 === 0 ? { decision: 'CONFIRM' } : { decision: 'REJECT', reason: 'no' },
    ),
  );
  expect(tally(answers)).toEqual({ 201: 1, CONFIRMATION_STATE: 9 });
});

test('approve and decline at once: one decision, and it is the one that was carried out', async () => {
  const invoice = await submitInvoice(cast, 1_000_00n);
  idOf(await cast.buyerMaker.post(`/invoices/${invoice}/decision`, { decision: 'CONFIRM' }));
  const answers = await times(10, (i) =>
    i % 2 === 0
      ? cast.buyerChecker.post(`/invoices/${invoice}/decision/approve`)
      : cast.buyerChecker.post(`/invoices/${invoice}/decision/decline`, { reason: 'no' }),
  );
  const winners = answers.filter(({ status }) => status < 300);
  expect(winners).toHaveLength(1);
  expect(tally(answers)).toMatchObject({ CONFIRMATION_STATE: 9 });
  const approved = winners[0]?.status === 202;
  const end = await eventually(
    () => stateOf(cast.tyres, `/invoices/${invoice}`),
    (state) => state !== 'CONFIRMING',
  );
  expect(end).toBe(approved ? 'CONFIRMED' : 'SUBMITTED');
});

test('withdrawn by the seller while the buyer decides: one of the two', async () => {
  const invoice = await submitInvoice(cast, 1_000_00n);
  const answers = await Promise.all([
    cast.tyres.post(`/invoices/${invoice}/withdraw`),
    cast.buyerMaker.post(`/invoices/${invoice}/decision`, { decision: 'CONFIRM' }),
  ]);
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  expect(tally(answers)).toMatchObject({ INVOICE_STATE: 1 });
});

describe('units', () => {
  test('parallel offers and requests never promise more than is held', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const answers = await times(20, (i) =>
      i % 3 === 0
        ? cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '15000' })
        : cast.tyres.post(`/payables/${payable}/transfers`, {
            toOrganisationId: i % 2 ? hubs : alloys,
            units: '15000',
            reference: `R${i}`,
          }),
    );
    // 100,000 / 15,000
    expect(tally(answers)).toEqual({ 201: 6, UNITS_NOT_AVAILABLE: 14 });
    const { held, free, offered, requested } = await holding(cast.tyres, payable);
    expect([held, free, (BigInt(offered) + BigInt(requested)).toString()]).toEqual(['100000', '10000', '90000']);
  });

  test('a transfer accepted twenty times at once moves the units once', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const transfer = idOf(
      await cast.tyres.post(`/payables/${payable}/transfers`, {
        toOrganisationId: hubs,
        units: '70000',
        reference: 'R',
      }),
    );
    const answers = await times(20, () => cast.hubs.post(`/transfers/${transfer}/accept`));
    expect(tally(answers)).toEqual({ 202: 1, TRANSFER_STATE: 19 });
    await followAll(cast.hubs, answers);
    expect((await holding(cast.hubs, payable)).held).toBe('70000');
    expect((await holding(cast.tyres, payable)).held).toBe('30000');
  });

  test('accepted, refused and withdrawn at once: one of them', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const transfer = idOf(
      await cast.tyres.post(`/payables/${payable}/transfers`, {
        toOrganisationId: hubs,
        units: '100000',
        reference: 'R',
      }),
    );
    const answers = await Promise.all([
      cast.hubs.post(`/transfers/${transfer}/accept`),
      cast.hubs.post(`/transfers/${transfer}/refuse`, { reason: 'no' }),
      cast.tyres.post(`/transfers/${transfer}/withdraw`),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(tally(answers)).toMatchObject({ TRANSFER_STATE: 2 });
    await followAll(cast.hubs, answers);
    const [mine, theirs] = [await holding(cast.tyres, payable), await holding(cast.hubs, payable)];
    expect(BigInt(mine.held) + BigInt(theirs.held)).toBe(100_000n);
    expect(mine.offered).toBe('0');
  });
});

describe('sales', () => {
  test('two quotes accepted at once by two clicks each: one sale', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const request = idOf(await cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '100000' }));
    const first = idOf(await cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 40_000 }));
    const second = idOf(await cast.otherBankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 41_000 }));
    const answers = await times(8, (i) => cast.tyres.post(`/quotes/${i % 2 ? first : second}/accept`));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const { status, code } of answers) {
      if (status !== 202) expect(code).toMatch(/^(QUOTE|REQUEST)_STATE$/);
    }
    await followAll(cast.tyres, answers);
    const holders = [await holding(cast.bankMaker, payable), await holding(cast.otherBankMaker, payable)].map(
      ({ held }) => held,
    );
    expect(holders.sort()).toEqual(['0', '100000']);
    expect((await holding(cast.tyres, payable)).held).toBe('0');
    expect([(await cash(cast.bankMaker)).reserved, (await cash(cast.otherBankMaker)).reserved]).toEqual(['0', '0']);
  });

  test('parallel quotes of one bank cannot break its limit', async () => {
    const room = (await carriedNow()) + 130_000n;
    const limit = { obligorGroup: 'Aurora Group', limit: { minor: `${room}`, currency: 'CNY' } };
    const key = { 'idempotency-key': 'limit' };
    await settle(cast.otherBankChecker, await cast.otherBankChecker.call('PUT', '/credit-limits', limit, key));
    const requests: string[] = [];
    for (let i = 0; i < 8; i += 1) {
      const payable = await payableOf(cast, 500_00n);
      requests.push(idOf(await cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '50000' })));
    }
    const answers = await Promise.all(
      requests.map((request) => cast.otherBankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 40_000 })),
    );
    expect(tally(answers)).toEqual({ 201: 2, LIMIT_EXCEEDED: 6 });
  });

  test('the same bank quoting five times at once has one quote', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const request = idOf(await cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '100000' }));
    const answers = await times(5, (i) =>
      cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 40_000 + i }),
    );
    expect(tally(answers)).toEqual({ 201: 1, QUOTE_EXISTS: 4 });
  });

  test('accepted by the holder while the bank withdraws: one of the two', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const request = idOf(await cast.tyres.post(`/payables/${payable}/financing-requests`, { units: '100000' }));
    const quote = idOf(await cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 40_000 }));
    const answers = await Promise.all([
      cast.tyres.post(`/quotes/${quote}/accept`),
      cast.bankMaker.post(`/quotes/${quote}/withdraw`),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(tally(answers)).toMatchObject({ QUOTE_STATE: 1 });
    await followAll(cast.tyres, answers);
  });
});

describe('money', () => {
  test('a payment ordered eight times at once is made once, and everybody is paid once', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const before = await cash(cast.buyerTreasurer);
    const tyres = await cash(cast.tyres);
    const answers = await times(8, () =>
      cast.buyerTreasurer.post(`/payables/${payable}/payments`, { minor: '100000' }),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(tally(answers)[202]).toBe(1);
    await followAll(cast.buyerTreasurer, answers);
    await eventually(
      () => cash(cast.tyres),
      ({ available }) => BigInt(available) - BigInt(tyres.available) === 100_000n,
    );
    expect(BigInt(before.balance) - BigInt((await cash(cast.buyerTreasurer)).balance)).toBe(100_000n);
  });

  test('paid while a transfer of it is accepted: whoever holds is paid, nothing is lost', async () => {
    const payable = await payableOf(cast, 1_000_00n);
    const transfer = idOf(
      await cast.tyres.post(`/payables/${payable}/transfers`, {
        toOrganisationId: hubs,
        units: '40000',
        reference: 'R',
      }),
    );
    const [tyres, other] = [await cash(cast.tyres), await cash(cast.hubs)];
    const [paid, passed] = await Promise.all([
      cast.buyerTreasurer.post(`/payables/${payable}/payments`, { minor: '100000' }),
      cast.hubs.post(`/transfers/${transfer}/accept`),
    ]);
    await followAll(cast.buyerTreasurer, [paid]);
    await followAll(cast.hubs, [passed]);
    const gained = async () => [
      BigInt((await cash(cast.tyres)).available) - BigInt(tyres.available),
      BigInt((await cash(cast.hubs)).available) - BigInt(other.available),
    ];
    const [mine = 0n, theirs = 0n] = await eventually(gained, ([a = 0n, b = 0n]) => a + b === 100_000n);
    const state = await stateOf(cast.tyres, `/transfers/${transfer}`);
    expect([mine, theirs]).toEqual(state === 'COMPLETED' ? [60_000n, 40_000n] : [100_000n, 0n]);
    expect(['COMPLETED', 'FAILED', 'EXPIRED']).toContain(state);
  });

  test('payouts asked for at once never exceed what there is', async () => {
    const { available } = await cash(cast.tyres);
    const half = (BigInt(available) / 2n + 1n).toString();
    const answers = await times(6, () => cast.tyres.post('/payouts', { amount: { minor: half, currency: 'CNY' } }));
    expect(tally(answers)).toEqual({ 202: 1, FUNDS_NOT_AVAILABLE: 5 });
    await followAll(cast.tyres, answers);
    const [payout] = await listed(cast.settlement, '/payouts?state=REQUESTED');
    const decided = await times(6, (i) =>
      i % 2
        ? cast.settlement.post(`/payouts/${payout?.id}/confirm`, { bankReference: `RACE-OUT-${i}` })
        : cast.settlement.post(`/payouts/${payout?.id}/return`, { reason: 'no' }),
    );
    expect(tally(decided)).toEqual({ 202: 1, PAYOUT_STATE: 5 });
    await followAll(cast.settlement, decided);
  });

  test('one bank reference sent ten times at once is booked once', async () => {
    const before = await cash(cast.hubs);
    const answers = await times(10, () =>
      cast.settlement.post('/deposits', {
        organisationId: hubs,
        amount: { minor: '777', currency: 'CNY' },
        bankReference: 'RACE-IN',
      }),
    );
    expect(tally(answers)).toEqual({ 202: 1, REFERENCE_USED: 9 });
    await followAll(cast.settlement, answers);
    expect(BigInt((await cash(cast.hubs)).balance) - BigInt(before.balance)).toBe(777n);
  });

  test('and everything adds up', () => assertSound(stack));
});

/** What Cedar Bank carries already. */
async function carriedNow(): Promise<bigint> {
  const { body } = await cast.otherBankChecker.get('/credit-limits');
  return BigInt(LimitList.parse(body).items[0]?.utilised ?? '0');
}
