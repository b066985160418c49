import { Refusal, text } from './client.ts';
import type { Check } from './format.ts';
import { available } from './steps.ts';
import type { Firm, Thing, World } from './world.ts';

/** What a check found: the same shape on both sides, so that a difference can be read. */
export interface Finding {
  readonly ok: boolean;
  readonly expected: Record<string, unknown>;
  readonly actual: Record<string, unknown>;
}

const SETTLING_MS = 10_000;

/** Looks until the check holds or the time is over: claims and projections follow a payment by moments, never by much. */
export async function look(world: World, check: Check): Promise<Finding> {
  const deadline = performance.now() + SETTLING_MS;
  for (;;) {
    const finding = await once(world, check);
    if (finding.ok || performance.now() > deadline) return finding;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function once(world: World, check: Check): Promise<Finding> {
  const { check: verb, ...expected } = check;
  const actual = await ACTUAL[verb](world, check as never);
  const currency = currencyOf(world, check);
  const ok = Object.entries(actual).every(([key, value]) =>
    same(world, (expected as Record<string, unknown>)[key], value, currency),
  );
  return { ok, expected, actual };
}

function same(world: World, expected: unknown, actual: unknown, currency: string): boolean {
  if (typeof expected === 'string' && typeof actual === 'string' && /^\d/.test(expected))
    return world.amounts.same(expected, actual, currency);
  return expected === actual;
}

function currencyOf(world: World, check: Check): string {
  if ('currency' in check) return check.currency;
  return 'payable' in check ? world.thing(check.payable).currency : '';
}

type Actual = Record<string, unknown>;
type Looker<K extends Check['check']> = (world: World, check: Extract<Check, { check: K }>) => Promise<Actual>;

/** Only what the check asked for, so that expected and actual compare key by key. */
function asked(check: object, values: Actual): Actual {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in check));
}

const holding: Looker<'holding'> = async (world, check) => {
  const row = await world.holding(check.of, check.payable);
  const { currency } = world.thing(check.payable);
  const units = (key: string) => (row ? world.amounts.decimal(text(row, key), currency) : '0');
  return asked(check, {
    held: units('held'),
    free: units('free'),
    offered: units('offered'),
    requested: units('requested'),
  });
};

const payable: Looker<'payable'> = async (world, check) => {
  const thing = world.thing(check.payable, 'payable');
  const seen = await world.firm(thing.owner).maker.get(`/payables/${thing.id}`);
  const money = (key: string) => world.amounts.decimal(text(seen, key, 'minor'), thing.currency);
  return asked(check, {
    face: money('face'),
    paid: money('paid'),
    state: text(seen, 'state'),
    overdue: (seen as { overdue?: unknown }).overdue,
  });
};

const cash: Looker<'cash'> = async (world, check) => {
  const balances = (await world.firm(check.of).maker.get('/cash/balances')) as { items: unknown[] };
  const row = balances.items.find((item) => text(item, 'currency') === check.currency);
  const reserved = row ? text(row, 'reserved') : '0';
  return asked(check, {
    available: world.amounts.decimal(await available(world, check.of, check.currency), check.currency),
    reserved: world.amounts.decimal(reserved, check.currency),
  });
};

const PATHS: Record<Thing['kind'], string> = {
  invoice: 'invoices',
  payable: 'payables',
  transfer: 'transfers',
  request: 'financing-requests',
  quote: 'quotes',
};

/** Reads a named object as a firm sees it. Quotes have no address of their own: the holder sees them in the request. */
async function read(world: World, thing: Thing, firm: Firm): Promise<unknown> {
  if (thing.kind !== 'quote') return firm.maker.get(`/${PATHS[thing.kind]}/${thing.id}`);
  for (const other of world.things.values()) {
    if (other.kind !== 'request') continue;
    const detail = (await firm.maker.get(`/financing-requests/${other.id}`).catch(() => undefined)) as
      | { quotes?: unknown[] }
      | undefined;
    const found = detail?.quotes?.find((quote) => text(quote, 'id') === thing.id);
    if (found) return found;
  }
  throw new Refusal(404, 'NOT_FOUND', 'no such quote in any request');
}

const state: Looker<'state'> = async (world, check) => {
  const thing = world.thing(check.of);
  return { is: text(await read(world, thing, world.firm(thing.owner)), 'state') };
};

const limit: Looker<'limit'> = async (world, check) => {
  const { group } = world.firm(check.on);
  const limits = (await world.firm(check.bank).maker.get('/credit-limits')) as { items: unknown[] };
  const row = limits.items.find(
    (item) => text(item, 'obligorGroup') === group && text(item, 'currency') === check.currency,
  );
  const amount = (key: string) => (row ? world.amounts.decimal(text(row, key), check.currency) : '0');
  return asked(check, { utilised: amount('utilised'), available: amount('available') });
};

const hidden: Looker<'hidden'> = async (world, check) => {
  const seen = await read(world, world.thing(check.of), world.firm(check.from)).then(
    () => 'seen',
    (reason: unknown) => (reason instanceof Refusal ? reason.code : String(reason)),
  );
  return seen === 'NOT_FOUND' ? {} : { from: seen };
};

const ACTUAL: { [K in Check['check']]: Looker<K> } = { holding, payable, cash, state, limit, hidden };
