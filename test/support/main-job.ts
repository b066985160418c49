import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEMO_PASSWORD } from '../../apps/api/src/modules/demo/demo.network.js';
import { type Answer, type TestStack, Visitor } from './stack.js';

const WithId = z.object({ id: z.uuid() });
const Operation = z.object({ id: z.uuid(), state: z.string(), error: z.object({ code: z.string() }).optional() });
const Items = z.object({ items: z.array(z.looseObject({ id: z.uuid() })) });

/** The people of the demo who play the main job, each signed in. */
export const CAST = {
  operator: 'mei@operations.example',
  settlement: 'sun@harbour-bank.example',
  buyerMaker: 'wang@aurora.example',
  buyerChecker: 'zhang@aurora.example',
  buyerTreasurer: 'liu@aurora.example',
  tyres: 'zhao@northwind.example',
  hubs: 'lin@keystone.example',
  alloys: 'ma@silverlake.example',
  bankMaker: 'xu@first-river.example',
  bankChecker: 'he@first-river.example',
  otherBankMaker: 'guo@cedar-bank.example',
  otherBankChecker: 'tang@cedar-bank.example',
  supervisor: 'qian@supervisor.example',
} as const;
export type Role = keyof typeof CAST;
export type Cast = Readonly<Record<Role, Visitor>>;
export const ROLES: readonly Role[] = z
  .array(z.custom<Role>((name) => typeof name === 'string' && name in CAST))
  .parse(Object.keys(CAST));

export async function signInAll(stack: TestStack): Promise<Cast> {
  const pairs = await Promise.all(
    ROLES.map(async (role) => [role, await Visitor.signedIn(stack, CAST[role], DEMO_PASSWORD)] as const),
  );
  const cast: Partial<Record<Role, Visitor>> = Object.fromEntries(pairs);
  return z.custom<Cast>((value) => ROLES.every((role) => role in Object(value))).parse(cast);
}

/** The id in an answer that must be a success. */
export function idOf(answer: Answer): string {
  if (answer.status >= 300) throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.body)}`);
  return WithId.parse(answer.body).id;
}

/** Follows a command to its end; a failed one is an error. Answers with the operation's id. */
export async function settle(who: Visitor, answer: Answer): Promise<string> {
  const id = idOf(answer);
  for (let tries = 0; tries < 6; tries += 1) {
    const { body } = await who.call('GET', `/operations/${id}`, undefined, { prefer: 'wait=10' });
    const operation = Operation.parse(body);
    if (operation.state === 'DONE') return id;
    if (operation.state === 'FAILED') throw new Error(`operation failed: ${JSON.stringify(body)}`);
  }
  throw new Error(`operation ${id} does not end`);
}

export async function listed(who: Visitor, path: string) {
  const answer = await who.get(path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return Items.parse(answer.body).items;
}

/** Uploads one of the demo's sample invoices. */
export async function uploadSample(who: Visitor, stack: TestStack, name: string): Promise<Answer> {
  const file = await fetch(`${stack.url}/api/v1/demo/sample-invoices/${name}`, { headers: { cookie: who.cookie } });
  const form = new FormData();
  form.append('file', new Blob([await file.arrayBuffer()], { type: 'application/xml' }), name);
  return who.post('/invoices/uploads', form);
}

export interface Played {
  readonly invoice: string;
  readonly payable: string;
  readonly transfer: string;
  readonly request: string;
  readonly quote: string;
  readonly deposit: string;
  readonly payout: string;
  readonly operations: Readonly<Record<'issue' | 'pass' | 'sale' | 'payout', string>>;
}

/** The main job up to the sale: half of a confirmed payable is passed on, and sold to the first bank; a payout is asked for. */
export async function playUpToSale(stack: TestStack, cast: Cast): Promise<Played> {
  const invoice = idOf(await uploadSample(cast.tyres, stack, 'NW-1001.xml'));
  idOf(await cast.buyerMaker.post(`/invoices/${invoice}/decision`, { decision: 'CONFIRM' }));
  const issue = await settle(
    cast.buyerChecker,
    await cast.buyerChecker.post(`/invoices/${invoice}/decision/approve`, await confirmationBody(cast, invoice)),
  );
  const payable = z
    .object({ payableId: z.uuid() })
    .parse((await cast.tyres.get(`/invoices/${invoice}`)).body).payableId;
  const hubs = (await listed(cast.tyres, '/directory?q=Keystone'))[0]?.id;
  const offer = { toOrganisationId: hubs, units: '500000000', reference: 'KH-77' };
  const transfer = idOf(await cast.tyres.post(`/payables/${payable}/transfers`, offer));
  const pass = await settle(cast.hubs, await cast.hubs.post(`/transfers/${transfer}/accept`));
  const request = idOf(await cast.hubs.post(`/payables/${payable}/financing-requests`, { units: '500000000' }));
  const quote = idOf(await cast.bankMaker.post(`/financing-requests/${request}/quotes`, { ratePpm: 40_000 }));
  const sale = await settle(cast.hubs, await cast.hubs.post(`/quotes/${quote}/accept`));
  const asked = await cast.hubs.post('/payouts', { amount: { minor: '100000000', currency: 'CNY' } });
  const payoutOperation = await settle(cast.hubs, asked);
  const [payout] = await listed(cast.hubs, '/payouts');
  const [deposit] = await listed(cast.settlement, '/deposits');
  return {
    invoice,
    payable,
    transfer,
    request,
    quote,
    deposit: deposit?.id ?? '',
    payout: payout?.id ?? '',
    operations: { issue, pass, sale, payout: payoutOperation },
  };
}

/** What the checker must name to approve: the digest of exactly what was shown. */
async function confirmationBody(cast: Cast, invoice: string): Promise<unknown> {
  const { body } = await cast.buyerChecker.get(`/invoices/${invoice}`);
  const digest = z.object({ decision: z.looseObject({ digest: z.string().optional() }) }).safeParse(body);
  return digest.success && digest.data.decision.digest !== undefined ? { digest: digest.data.decision.digest } : {};
}

/** The API's description, as committed. */
export function openApi() {
  const text = readFileSync(new URL('../../apps/api/openapi.json', import.meta.url), 'utf8');
  const Parameter = z.looseObject({ name: z.string(), in: z.string() });
  const Operation = z.looseObject({
    operationId: z.string(),
    parameters: z.array(Parameter),
    requestBody: z.unknown().optional(),
  });
  return z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) }).parse(JSON.parse(text));
}
