import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppModule } from '../../../apps/api/src/app.module.js';
import { uploadFactory } from '../../../apps/api/src/common/http/request.js';
import { assertRoutesDeclared, type Route, routeTable } from '../../../apps/api/src/common/http/route-table.js';
import {
  type Cast,
  listed,
  openApi,
  type Played,
  playUpToSale,
  ROLES,
  type Role,
  signInAll,
} from '../../support/main-job.js';
import { type Answer, startStack, type TestStack, Visitor } from '../../support/stack.js';

/**
 * One tenant never sees another's, for every route of the description: a foreign id and an unknown one get the same
 * answer, whoever asks, and the answer names nothing of what is hidden.
 */

const ROUTES: Route[] = routeTable(AppModule, uploadFactory);

/** Bodies that pass validation, so that the refusal comes from the rights and not from the form. */
const BODIES: Readonly<Record<string, unknown>> = {
  proposeDecision: { decision: 'CONFIRM' },
  approveDecision: {},
  declineDecision: { reason: 'no' },
  refuseOrganisation: { reason: 'no' },
  admitOrganisation: {},
  changeColleagueRoles: { roles: ['VIEWER'] },
  offerTransfer: { toOrganisationId: randomUUID(), units: '1', reference: 'R' },
  refuseTransfer: { reason: 'no' },
  payPayable: { minor: '1' },
  askFinancing: { units: '1' },
  previewPrice: { ratePpm: 40_000 },
  giveQuote: { ratePpm: 40_000 },
  confirmPayout: { bankReference: 'B-1' },
  returnPayout: { reason: 'no' },
};

/** What each address with an id names, and which of the cast may see it; everybody else must not learn that it exists. */
const OBJECTS: readonly {
  prefix: string;
  object: keyof Played | 'colleague' | 'invitation' | 'operation';
  insiders: readonly Role[];
}[] = [
  { prefix: '/invoices/{id}', object: 'invoice', insiders: ['tyres', 'buyerMaker', 'buyerChecker', 'buyerTreasurer'] },
  {
    prefix: '/payables/{id}',
    object: 'payable',
    insiders: [
      'tyres',
      'hubs',
      'buyerMaker',
      'buyerChecker',
      'buyerTreasurer',
      'bankMaker',
      'bankChecker',
      'operator',
      'supervisor',
    ],
  },
  { prefix: '/transfers/{id}', object: 'transfer', insiders: ['tyres', 'hubs'] },
  { prefix: '/financing-requests/{id}', object: 'request', insiders: ['hubs', 'bankMaker', 'bankChecker'] },
  { prefix: '/quotes/{id}', object: 'quote', insiders: ['hubs', 'bankMaker', 'bankChecker'] },
  { prefix: '/payouts/{id}', object: 'payout', insiders: ['hubs', 'settlement'] },
  { prefix: '/operations/{id}', object: 'operation', insiders: ['hubs', 'operator'] },
  { prefix: '/colleagues/invitations/{id}', object: 'invitation', insiders: ['tyres'] },
  { prefix: '/colleagues/{id}', object: 'colleague', insiders: ['tyres'] },
];

let stack: TestStack;
let cast: Cast;
let ids: Record<string, string>;

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
  const played = await playUpToSale(stack, cast);
  const invited = await cast.tyres.post('/colleagues/invitations', { email: 'x@northwind.example', roles: ['VIEWER'] });
  const [colleague] = await listed(cast.tyres, '/colleagues');
  ids = {
    ...Object.fromEntries(
      Object.entries(played).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    operation: played.operations.sale,
    invitation: (invited.body as { id: string }).id,
    colleague: colleague?.id ?? '',
  };
}, 180_000);
afterAll(async () => {
  await stack?.stop();
});

describe('every route', () => {
  test('says who may use it and what it answers', () => {
    expect(ROUTES.length).toBeGreaterThan(60);
    expect(() => assertRoutesDeclared(ROUTES)).not.toThrow();
  });

  test('a route that forgets to say so does not start', () => {
    const [route] = ROUTES;
    if (!route) throw new Error('there are no routes');
    expect(() => assertRoutesDeclared([{ ...route, access: undefined }])).toThrow(`${route.operationId} lacks @Access`);
    expect(() => assertRoutesDeclared([route, route])).toThrow('used twice');
  });

  test('is in the committed description, and nothing else is', () => {
    const described = Object.entries(openApi().paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    );
    expect(described.sort()).toEqual(
      ROUTES.map((route) => `${route.method} ${route.path} ${route.operationId}`).sort(),
    );
  });

  test.each(
    ROUTES.filter(({ access }) => !access?.public).map((route) => [`${route.method} ${route.path}`, route] as const),
  )('%s asks a stranger to sign in', async (_, route) => {
    const answer = await send(new Visitor(stack), route, randomUUID());
    expect(answer).toMatchObject({ status: 401, code: 'SIGNED_OUT' });
  });
});

const withIds = ROUTES.flatMap((route) => {
  const path = route.path.replace('/api/v1', '');
  const kind = OBJECTS.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  return kind ? [{ route, kind, name: `${route.method} ${path}` }] : [];
});

test('every address with an id is covered here', () => {
  const addressed = ROUTES.filter(({ path }) => path.includes('{id}')).map(({ operationId }) => operationId);
  const elsewhere = ['admitOrganisation', 'refuseOrganisation'];
  expect(withIds.map(({ route }) => route.operationId).sort()).toEqual(
    addressed.filter((id) => !elsewhere.includes(id)).sort(),
  );
});

describe.each(withIds)('$name', ({ route, kind }) => {
  const outsiders = ROLES.filter((role) => !kind.insiders.includes(role));

  test.each(outsiders)('a foreign id is an unknown id to %s', async (role) => {
    const foreignId = ids[kind.object] ?? '';
    const [foreign, unknown] = [await send(cast[role], route, foreignId), await send(cast[role], route, randomUUID())];
    expect([403, 404]).toContain(foreign.status);
    expect(told(foreign)).toEqual(told(unknown));
    const malformed = await send(cast[role], route, 'not-an-id');
    expect([403, 404]).toContain(malformed.status);
  });
});

test('no list of an outsider names what is hidden from it', async () => {
  const lists = ROUTES.filter(
    ({ method, path, answers }) => method === 'GET' && !path.includes('{') && answers?.mediaType === undefined,
  );
  const hidden = ['invoice', 'payable', 'transfer', 'request', 'quote', 'payout', 'operation'].map(
    (name) => ids[name] ?? '',
  );
  const outsiders: Role[] = ['alloys', 'otherBankMaker', 'otherBankChecker'];
  for (const role of outsiders) {
    for (const route of lists) {
      const { body } = await send(cast[role], route, '');
      const text = JSON.stringify(body ?? '');
      for (const id of hidden)
        expect({ role, route: route.path, leaks: text.includes(id) }).toEqual({
          role,
          route: route.path,
          leaks: false,
        });
    }
  }
});

test('what an insider sees names no one it did not deal with', async () => {
  const { body: payable } = await cast.bankMaker.get(`/payables/${ids.payable}`);
  expect(JSON.stringify(payable)).not.toContain('NW-1001');
  const { body: buyer } = await cast.buyerMaker.get(`/payables/${ids.payable}`);
  expect(JSON.stringify(buyer)).not.toContain('"price"');
  const { body: tyres } = await cast.tyres.get(`/payables/${ids.payable}`);
  expect(JSON.stringify(tyres)).not.toContain('First River Bank');
});

function send(who: Visitor, route: Route, id: string): Promise<Answer> {
  const path = route.path.replace('/api/v1', '').replace(/\{\w+\}/, id);
  const body = route.takesFile ? form() : route.body ? (BODIES[route.operationId] ?? {}) : undefined;
  const key: Record<string, string> = route.needsKey ? { 'idempotency-key': randomUUID() } : {};
  return who.call(route.method, path, body, key);
}

function form(): FormData {
  const data = new FormData();
  data.append('file', new Blob(['<x/>']), 'x.xml');
  return data;
}

/** All of the answer that does not name the request itself. */
function told({ status, body }: Answer): unknown {
  return { status, body: { ...(body as Record<string, unknown>), correlationId: '' } };
}
