import { Person, Refusal, text } from './client.ts';
import type { Step, StepOf } from './format.ts';
import { freshRegistryNumber } from './identifiers.ts';
import { ublInvoice } from './ubl.ts';
import { addDays, type World } from './world.ts';

type Player<K extends Step['do']> = (world: World, step: StepOf<K>) => Promise<void>;

/** Follows a link the way a newcomer does, choosing a password; answers with the signed-in person. */
async function follow(world: World, link: unknown, name: string): Promise<Person> {
  const person = new Person(world.url, text(link, 'email'), world.password);
  await person.post(`/links/${text(link, 'token')}/accept`, { name, password: world.password });
  return person;
}

const onboard: Player<'onboard'> = async (world, step) => {
  const registryNumber = freshRegistryNumber();
  const group = `${step.group ?? step.name} ${world.run}`;
  const email = (who: string) => `${who}.${step.as}.${world.run}@scenario.example`;
  const created = await world.operator.post('/organisations', {
    name: step.name,
    registryNumber,
    country: 'CN',
    roles: step.roles,
    ...(step.roles.includes('BUYER') && { obligorGroup: group }),
    account: { holder: step.name, number: `6222${registryNumber.slice(8, 17)}` },
    administrator: { email: email('lin'), name: 'Lin Wei' },
  });
  const id = text(created, 'organisation', 'id');
  await world.operator.command('POST', `/organisations/${id}/admit`, {});
  const maker = await follow(world, (created as { link: unknown }).link, 'Lin Wei');
  const invitation = await maker.post('/colleagues/invitations', {
    email: email('zhao'),
    roles: ['CHECKER', 'MAKER', 'TREASURER'],
  });
  const checker = await follow(world, invitation, 'Zhao Min');
  world.firms.set(step.as, { id, name: step.name, registryNumber, group, maker, checker });
};

const deposit: Player<'deposit'> = async (world, step) => {
  const bankReference =
    `${step.reference ?? `IN-${step.to}-${world.firms.size}-${Math.trunc(performance.now() * 1000)}`}-${world.run}`.slice(
      0,
      35,
    );
  await world.settlementBank.command('POST', '/deposits', {
    organisationId: world.firm(step.to).id,
    amount: { minor: world.amounts.minor(step.amount, step.currency), currency: step.currency },
    bankReference,
  });
};

const limit: Player<'limit'> = async (world, step) => {
  await world.firm(step.bank).checker.command('PUT', '/credit-limits', {
    obligorGroup: world.firm(step.on).group,
    limit: { minor: world.amounts.minor(step.amount, step.currency), currency: step.currency },
  });
};

const invoice: Player<'invoice'> = async (world, step) => {
  const [seller, buyer] = [world.firm(step.from), world.firm(step.to)];
  const issueDay = step.issueDay ?? (await world.today());
  const dueDay = step.dueDay ?? addDays(issueDay, step.dueInDays ?? 90);
  const number = `${step.number ?? step.id}-${world.run}`;
  const answer = step.upload
    ? await upload(
        seller.maker,
        number,
        ublInvoice({ number, issueDay, dueDay, currency: step.currency, amount: step.amount, seller, buyer }),
      )
    : await seller.maker.post('/invoices', {
        number,
        buyerRegistryNumber: buyer.registryNumber,
        issueDay,
        dueDay,
        currency: step.currency,
        netMinor: world.amounts.minor(step.amount, step.currency),
        taxMinor: '0',
        payableMinor: world.amounts.minor(step.amount, step.currency),
      });
  world.things.set(step.id, { kind: 'invoice', id: text(answer, 'id'), owner: step.from, currency: step.currency });
};

function upload(person: Person, number: string, xml: string): Promise<unknown> {
  const form = new FormData();
  form.set('file', new Blob([xml], { type: 'application/xml' }), `${number}.xml`);
  return person.post('/invoices/uploads', form);
}

/** Which firm an invoice is addressed to, found by asking its seller. */
async function buyerOf(world: World, invoiceName: string) {
  const { id, owner } = world.thing(invoiceName, 'invoice');
  const seen = await world.firm(owner).maker.get(`/invoices/${id}`);
  const buyer = [...world.firms].find(([, firm]) => firm.id === text(seen, 'buyer', 'id'));
  if (!buyer) throw new Error(`invoice "${invoiceName}" is not addressed to a firm of this scenario`);
  return { id, name: buyer[0], firm: buyer[1] };
}

const confirm: Player<'confirm'> = async (world, step) => {
  const { id, name, firm } = await buyerOf(world, step.invoice);
  await firm.maker.post(`/invoices/${id}/decision`, { decision: 'CONFIRM' });
  const second = step.by === 'maker' ? firm.maker : firm.checker;
  await second.command('POST', `/invoices/${id}/decision/approve`);
  const confirmed = await firm.maker.get(`/invoices/${id}`);
  world.things.set(step.payable, {
    kind: 'payable',
    id: text(confirmed, 'payableId'),
    owner: name,
    currency: text(confirmed, 'amount', 'currency'),
  });
};

const reject: Player<'reject'> = async (world, step) => {
  const { id, firm } = await buyerOf(world, step.invoice);
  await firm.maker.post(`/invoices/${id}/decision`, { decision: 'REJECT', reason: step.reason });
  await firm.checker.command('POST', `/invoices/${id}/decision/approve`);
};

const transfer: Player<'transfer'> = async (world, step) => {
  const payable = world.thing(step.payable, 'payable');
  const offer = await world.firm(step.from).maker.post(`/payables/${payable.id}/transfers`, {
    toOrganisationId: world.firm(step.to).id,
    units: world.amounts.minor(step.amount, payable.currency),
    reference: `Invoice of ${step.to} to ${step.from}`,
  });
  const id = text(offer, 'id');
  if (step.id) world.things.set(step.id, { kind: 'transfer', id, owner: step.to, currency: payable.currency });
  if (step.accept) await world.firm(step.to).maker.command('POST', `/transfers/${id}/accept`);
};

const request: Player<'request'> = async (world, step) => {
  const payable = world.thing(step.payable, 'payable');
  const answer = await world.firm(step.by).maker.post(`/payables/${payable.id}/financing-requests`, {
    units: world.amounts.minor(step.amount, payable.currency),
  });
  world.things.set(step.id, { kind: 'request', id: text(answer, 'id'), owner: step.by, currency: payable.currency });
};

const quote: Player<'quote'> = async (world, step) => {
  const asked = world.thing(step.request, 'request');
  const answer = await world.firm(step.bank).maker.post(`/financing-requests/${asked.id}/quotes`, {
    ratePpm: Number(ratePpm(step.ratePercent)),
    feeMinor: world.amounts.minor(step.fee, asked.currency),
    ...(step.validMinutes && { validMinutes: step.validMinutes }),
  });
  world.things.set(step.id, { kind: 'quote', id: text(answer, 'id'), owner: asked.owner, currency: asked.currency });
};

/** "4.25" per cent -> 42500 millionths, exactly. */
function ratePpm(percent: string): bigint {
  const [whole = '0', fraction = ''] = percent.split('.');
  return BigInt(whole + fraction.padEnd(4, '0'));
}

const accept: Player<'accept'> = async (world, step) => {
  const kind = step.quote ? 'quote' : 'transfer';
  const thing = world.thing(step.quote ?? step.transfer ?? '', kind);
  const wishes = Array.from({ length: step.times }, () =>
    world.firm(thing.owner).maker.command('POST', `/${kind}s/${thing.id}/accept`),
  );
  const ended = await Promise.allSettled(wishes);
  const refusals = ended.filter((one) => one.status === 'rejected').map((one) => one.reason as Error);
  const unexpected = refusals.find((reason) => !(reason instanceof Refusal));
  if (unexpected) throw unexpected;
  if (refusals.length !== step.times - 1)
    throw refusals[0] ?? new Error(`${step.times} wishes, ${refusals.length} refused: exactly one may win`);
};

const withdraw: Player<'withdraw'> = async (world, step) => {
  for (const [kind, path] of [
    ['quote', 'quotes'],
    ['transfer', 'transfers'],
    ['request', 'financing-requests'],
    ['invoice', 'invoices'],
  ] as const) {
    const name = step[kind];
    if (!name) continue;
    const thing = world.thing(name, kind);
    await (await creator(world, thing.id, kind, thing.owner)).post(`/${path}/${thing.id}/withdraw`);
  }
};

/** Quotes are withdrawn by the bank, transfers by the sender; both differ from the firm that may accept. */
async function creator(world: World, id: string, kind: string, owner: string): Promise<Person> {
  if (kind === 'request' || kind === 'invoice') return world.firm(owner).maker;
  for (const firm of world.firms.values()) {
    if (kind === 'transfer') {
      const seen = await firm.maker.get(`/transfers/${id}`).catch(() => undefined);
      if (seen && text(seen, 'from', 'id') === firm.id) return firm.maker;
    } else {
      const own = await firm.maker.get('/quotes?limit=100').catch(() => undefined);
      if (JSON.stringify(own ?? '').includes(id)) return firm.maker;
    }
  }
  throw new Error(`nobody in the scenario made this ${kind}`);
}

const advance: Player<'advance time'> = async (world, step) => {
  if (!step.toDueDayOf) {
    await world.operator.post('/demo/clock/advance', { days: step.days ?? 1 });
    return;
  }
  const thing = world.thing(step.toDueDayOf, 'payable');
  const to = text(await world.firm(thing.owner).maker.get(`/payables/${thing.id}`), 'dueDay');
  await world.operator.post('/demo/clock/advance', { to });
};

const pay: Player<'pay'> = async (world, step) => {
  const thing = world.thing(step.payable, 'payable');
  const payer = world.firm(step.by ?? thing.owner).checker;
  const seen = await world.firm(thing.owner).maker.get(`/payables/${thing.id}`);
  const paid = text(seen, 'paid', 'minor');
  const owed = (BigInt(text(seen, 'face', 'minor')) - BigInt(paid)).toString();
  const minor = step.amount ? world.amounts.minor(step.amount, thing.currency) : owed;
  await payer.command('POST', `/payables/${thing.id}/payments`, { minor, expectedPaidMinor: paid });
};

const claim: Player<'claim'> = async (world, step) => {
  await world.firm(step.holder).maker.command('POST', `/payables/${world.thing(step.payable, 'payable').id}/claims`);
};

const payout: Player<'payout'> = async (world, step) => {
  const firm = world.firm(step.by);
  const minor =
    step.amount === 'all'
      ? await available(world, step.by, step.currency)
      : world.amounts.minor(step.amount, step.currency);
  const operation = await firm.checker.command('POST', '/payouts', { amount: { minor, currency: step.currency } });
  const id = text(operation, 'subjectId');
  if (step.bank === 'confirms')
    await world.settlementBank.command('POST', `/payouts/${id}/confirm`, { bankReference: `OUT-${id.slice(-12)}` });
  if (step.bank === 'returns')
    await world.settlementBank.command('POST', `/payouts/${id}/return`, { reason: 'Account closed' });
};

/** What a firm can spend now, in minor units. */
export async function available(world: World, firm: string, currency: string): Promise<string> {
  const balances = await world.firm(firm).maker.get('/cash/balances');
  const row = (balances as { items: unknown[] }).items.find((item) => text(item, 'currency') === currency);
  return row ? text(row, 'available') : '0';
}

const PLAYERS: { [K in Exclude<Step['do'], 'restart'>]: Player<K> } = {
  onboard,
  deposit,
  limit,
  invoice,
  confirm,
  reject,
  transfer,
  request,
  quote,
  accept,
  withdraw,
  'advance time': advance,
  pay,
  claim,
  payout,
};

/** Plays one step; throws Refusal where the API refuses, Error where anything else goes wrong. */
export function play(world: World, step: Exclude<Step, { do: 'restart' }>): Promise<void> {
  return (PLAYERS[step.do] as Player<typeof step.do>)(world, step as never);
}
