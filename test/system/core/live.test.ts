import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type Cast, idOf, signInAll, uploadSample } from '../../support/main-job.js';
import { startStack, type TestStack, Visitor } from '../../support/stack.js';

let stack: TestStack;
let cast: Cast;

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

interface Heard {
  readonly text: () => string;
  until(pattern: RegExp): Promise<void>;
  ended(): Promise<void>;
  close(): void;
}

async function listen(who: Visitor): Promise<Heard> {
  const abort = new AbortController();
  const response = await fetch(`${stack.url}/api/v1/events`, { headers: { cookie: who.cookie }, signal: abort.signal });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  let text = '';
  let isOver = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  })()
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
    });
  const until = async (isTrue: () => boolean) => {
    const deadline = performance.now() + 15_000;
    while (!isTrue()) {
      if (performance.now() > deadline) throw new Error(`not heard in time; heard: ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    text: () => text,
    until: (pattern) => until(() => pattern.test(text)),
    ended: async () => {
      await until(() => isOver);
      await reading;
    },
    close: () => abort.abort(),
  };
}

describe('live updates', () => {
  test('reach the two sides of a business and nobody else', async () => {
    const [seller, buyer, other, bank] = await Promise.all(
      [cast.tyres, cast.buyerMaker, cast.alloys, cast.bankMaker].map(listen),
    );
    const id = idOf(await uploadSample(cast.tyres, stack, 'NW-1003.xml'));
    await seller?.until(/event: invoices/);
    await buyer?.until(new RegExp(`event: invoices\\ndata: {"id":"${id}"}`));
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const outsider of [other, bank]) expect(outsider?.text()).not.toMatch(/event:/);
    for (const stream of [seller, buyer, other, bank]) stream?.close();
  });

  test('need a session', async () => {
    const response = await fetch(`${stack.url}/api/v1/events`);
    expect(response.status).toBe(401);
  });

  test('end when the database connection breaks, and work again soon after', async () => {
    const before = await listen(cast.tyres);
    const client = new Client({ connectionString: stack.database.url });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'headwater_events' AND datname = current_database()`,
    );
    await client.end();
    await before.ended();
    let again: Heard | undefined;
    for (let tries = 0; tries < 50 && !again; tries += 1) {
      again = await listen(cast.tyres).catch(() => undefined);
      if (!again) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    idOf(await uploadSample(cast.tyres, stack, 'NW-1002.xml'));
    await again?.until(/event: invoices/);
    again?.close();
  });

  test('a person with very many pages open loses the oldest, not the newest', async () => {
    const streams: Heard[] = [];
    for (let i = 0; i < 13; i += 1) streams.push(await listen(cast.supervisor));
    await streams[0]?.ended();
    await streams[12]?.until(/retry: 2000/);
    for (const stream of streams) stream.close();
  });
});

describe('the demo clock', () => {
  test('moves forward for everybody, on the register too, and a restart keeps it', async () => {
    const page = await listen(cast.tyres);
    const before = (await cast.tyres.get('/clock')).body as { now: string; today: string; offsetSeconds: number };
    const moved = await cast.operator.post('/demo/clock/advance', { days: 30 });
    expect(moved.status).toBe(200);
    const after = (await cast.tyres.get('/clock')).body as typeof before;
    expect(after.offsetSeconds).toBe(before.offsetSeconds + 30 * 86_400);
    await page.until(/event: clock/);
    const { body: status } = await cast.operator.get('/register/status');
    const { head } = status as { head: { time: string } };
    // The register counts whole seconds.
    expect(Date.parse(head.time) + 1000).toBeGreaterThan(Date.parse(before.now) + 30 * 86_400_000);
    expect((await cast.tyres.get('/session')).status).toBe(200);
    await stack.restart();
    expect((await new Visitor(stack).get('/clock')).body).toMatchObject({ offsetSeconds: after.offsetSeconds });
  });

  test("never moves back, and is the operator's", async () => {
    const { today } = (await cast.operator.get('/clock')).body as { today: string };
    expect(await cast.operator.post('/demo/clock/advance', { to: today })).toMatchObject({ code: 'DAY_INVALID' });
    expect(await cast.operator.post('/demo/clock/advance', { days: -1 })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await cast.operator.post('/demo/clock/advance', { days: 1, to: '2030-01-01' })).toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(await cast.tyres.post('/demo/clock/advance', { days: 1 })).toMatchObject({ code: 'FORBIDDEN' });
    const target = `${Number(today.slice(0, 4)) + 1}-01-01`;
    expect((await cast.operator.post('/demo/clock/advance', { to: target })).body).toMatchObject({ today: target });
  });

  test('one wish moves it once', async () => {
    const { offsetSeconds } = (await cast.operator.get('/clock')).body as { offsetSeconds: number };
    const key = 'advance-once';
    await Promise.all([1, 2, 3].map(() => cast.operator.post('/demo/clock/advance', { days: 1 }, key)));
    expect((await cast.operator.get('/clock')).body).toMatchObject({ offsetSeconds: offsetSeconds + 86_400 });
  });
});

describe('outside', () => {
  test('health and meta need no session', async () => {
    const visitor = new Visitor(stack);
    expect((await visitor.get('/health/live')).body).toEqual({ status: 'UP', reasons: [] });
    expect(await visitor.get('/health/ready')).toMatchObject({ status: 200, body: { status: 'UP', reasons: [] } });
    expect((await visitor.get('/meta')).body).toMatchObject({
      demo: true,
      currencies: expect.arrayContaining([{ code: 'JPY', minorUnits: 0 }]),
    });
  });
});
