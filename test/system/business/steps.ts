import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { BUYER, TYRES } from '../../../apps/api/src/modules/demo/demo.network.js';
import { type UblFields, ublInvoice } from '../../../apps/api/src/modules/invoices/ubl-fixture.js';
import { type Cast, idOf, listed, settle } from '../../support/main-job.js';
import type { Answer, TestStack, Visitor } from '../../support/stack.js';

/** Steps of the business as people take them, for tests that need to stand somewhere in the middle of the job. */

export const Loose = z.looseObject({ id: z.uuid(), state: z.string() });
const Holding = z.object({
  held: z.string(),
  free: z.string(),
  offered: z.string(),
  requested: z.string(),
  received: z.string(),
});
const Detail = z.looseObject({ holding: Holding.optional() });
const Balances = z.object({
  items: z.array(z.object({ currency: z.string(), balance: z.string(), reserved: z.string(), available: z.string() })),
});
const Clock = z.object({ today: z.string() });

let counter = 0;
/** A number no other invoice of this run has. */
export function freshNumber(): string {
  counter += 1;
  return `T-${process.pid}-${counter}`;
}

export const daysFrom = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export async function today(who: Visitor): Promise<string> {
  return Clock.parse((await who.get('/clock')).body).today;
}

/** Facts of an invoice of the demo's tyre maker to its buyer, due in 90 days; `minor` is the whole amount, without tax. */
export async function invoiceFields(who: Visitor, minor: bigint, change: Partial<UblFields> = {}): Promise<UblFields> {
  const now = await today(who);
  const text = minor.toString().padStart(3, '0');
  const amount = `${text.slice(0, -2)}.${text.slice(-2)}`;
  return {
    typeCode: '380',
    number: freshNumber(),
    issueDay: now,
    dueDay: daysFrom(now, 90),
    currency: 'CNY',
    seller: TYRES,
    buyer: BUYER,
    net: amount,
    tax: '0.00',
    gross: amount,
    payable: amount,
    orderNumber: 'PO-1',
    ...change,
  };
}

export function upload(who: Visitor, content: string | Uint8Array<ArrayBuffer>, name = 'invoice.xml'): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob([content], { type: 'application/xml' }), name);
  return who.post('/invoices/uploads', form);
}

export async function submitInvoice(cast: Cast, minor: bigint, change: Partial<UblFields> = {}): Promise<string> {
  return idOf(await upload(cast.tyres, ublInvoice(await invoiceFields(cast.tyres, minor, change))));
}

/** Proposed by one person, approved by another, on the register. Gives the payable's id. */
export async function confirm(cast: Cast, invoiceId: string): Promise<string> {
  idOf(await cast.buyerMaker.post(`/invoices/${invoiceId}/decision`, { decision: 'CONFIRM' }));
  await settle(cast.buyerChecker, await cast.buyerChecker.post(`/invoices/${invoiceId}/decision/approve`));
  return z.object({ payableId: z.uuid() }).parse((await cast.tyres.get(`/invoices/${invoiceId}`)).body).payableId;
}

export async function payableOf(cast: Cast, minor: bigint, change: Partial<UblFields> = {}): Promise<string> {
  return confirm(cast, await submitInvoice(cast, minor, change));
}

export async function organisationId(who: Visitor, name: string): Promise<string> {
  const found = (await listed(who, `/directory?q=${encodeURIComponent(name)}`))[0];
  if (!found) throw new Error(`${name} is not in the directory`);
  return found.id;
}

export async function holding(who: Visitor, payableId: string) {
  const none = { held: '0', free: '0', offered: '0', requested: '0', received: '0' };
  const answer = await who.get(`/payables/${payableId}`);
  return answer.status === 404 ? none : (Detail.parse(answer.body).holding ?? none);
}

export async function cash(who: Visitor, currency = 'CNY') {
  const { items } = Balances.parse((await who.get('/cash/balances')).body);
  const found = items.find((item) => item.currency === currency);
  if (!found) throw new Error(`no balance in ${currency}`);
  return found;
}

export async function stateOf(who: Visitor, path: string): Promise<string> {
  return Loose.parse((await who.get(path)).body).state;
}

/** Looks again until it fits; what follows a register event comes moments later. */
export async function eventually<T>(look: () => Promise<T>, fits: (seen: T) => boolean): Promise<T> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const seen = await look();
    if (fits(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(seen)}`);
    await sleep(50);
  }
}

export async function advanceDays(cast: Cast, days: number): Promise<void> {
  const answer = await cast.operator.post('/demo/clock/advance', { days });
  if (answer.status !== 200) throw new Error(`the clock does not move: ${JSON.stringify(answer.body)}`);
}

/** Facts that must hold whatever happened; asked from outside, of the database itself. */
export async function assertSound(stack: TestStack): Promise<void> {
  const client = new pg.Client({ connectionString: stack.database.url });
  await client.connect();
  try {
    for (const [rule, sql] of Object.entries(RULES)) {
      const { rows } = await client.query(sql);
      if (rows.length > 0) throw new Error(`${rule}: ${JSON.stringify(rows[0])}`);
    }
  } finally {
    await client.end();
  }
}

/** Each finds what must not be. */
const RULES = {
  'units held and claimed away sum to the face': `
    SELECT p.payable_id, p.face, sum(h.units) AS held FROM register.payable p JOIN register.holding h USING (payable_id)
    WHERE p.state IN ('OPEN', 'PAYING') GROUP BY p.payable_id, p.face HAVING sum(h.units) <> p.face`,
  'nobody promises more units than it holds': `
    SELECT u.payable_id, u.organisation_id, sum(u.units) FROM app.unit_reservation u
    JOIN app.payable p ON p.id = u.payable_id JOIN app.organisation o ON o.id = u.organisation_id
    JOIN register.payable r ON r.payable_id = p.register_id
    LEFT JOIN register.holding h ON h.payable_id = p.register_id AND h.member_id = o.member_id
    WHERE u.live_until = 'infinity' OR r.state = 'OPEN'
    GROUP BY u.payable_id, u.organisation_id, h.units HAVING sum(u.units) > coalesce(h.units, 0)`,
  'nobody promises more money than it has': `
    SELECT c.organisation_id, c.currency, sum(c.amount) FROM app.cash_reservation c
    JOIN app.organisation o ON o.id = c.organisation_id
    GROUP BY c.organisation_id, c.currency, o.member_id HAVING sum(c.amount) > coalesce((
      SELECT sum(d.balance) FROM register.deposit d JOIN register.cash_asset a USING (cash_asset)
      WHERE d.member_id = o.member_id AND a.currency = c.currency), 0)`,
  'no bank carries and blocks more than its limit': `
    SELECT l.bank_member, l.obligor_group, l.amount FROM register.credit_limit l
    JOIN app.organisation o ON o.member_id = l.bank_member JOIN register.cash_asset a USING (cash_asset)
    WHERE l.amount < coalesce((SELECT sum(c.units) FROM register.carried c WHERE c.bank_member = l.bank_member
        AND c.obligor_group = l.obligor_group AND c.cash_asset = l.cash_asset), 0)
      + coalesce((SELECT sum(r.units) FROM app.limit_reservation r WHERE r.bank_id = o.id
        AND r.obligor_group_id = l.obligor_group AND r.currency = a.currency AND r.live_until = 'infinity'), 0)`,
  'a payable without an invoice that is confirmed or on its way': `
    SELECT p.id FROM app.payable p JOIN app.invoice i ON i.id = p.invoice_id WHERE i.state NOT IN ('CONFIRMING', 'CONFIRMED')`,
  'a confirmed invoice without its payable on the register': `
    SELECT i.id FROM app.invoice i LEFT JOIN app.payable p ON p.invoice_id = i.id
    LEFT JOIN register.payable r ON r.payable_id = p.register_id WHERE i.state = 'CONFIRMED' AND r.payable_id IS NULL`,
  'an accepted sale or transfer whose operation has ended': `
    SELECT t.id FROM app.transfer t JOIN ops.operation o ON o.id = t.operation_id
      WHERE t.state = 'ACCEPTED' AND o.state IN ('DONE', 'FAILED')
    UNION ALL SELECT q.id FROM app.quote q JOIN ops.operation o ON o.id = q.operation_id
      WHERE q.state = 'ACCEPTED' AND o.state IN ('DONE', 'FAILED')`,
};
