import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { systemActor } from '../../../apps/api/src/common/actor.js';
import { StoredClock } from '../../../apps/api/src/database/stored-clock.js';
import { UnitOfWork } from '../../../apps/api/src/database/unit-of-work.js';
import { ClockService } from '../../../apps/api/src/modules/demo/clock.service.js';
import { DEMO_ORGANISATIONS } from '../../../apps/api/src/modules/demo/demo.network.js';
import { DemoSeed } from '../../../apps/api/src/modules/demo/demo.seed.js';
import { RegisterService } from '../../../apps/api/src/modules/register/register.service.js';
import { type Cast, listed, signInAll } from '../../support/main-job.js';
import { startStack, type TestStack, Visitor } from '../../support/stack.js';

let stack: TestStack;
let cast: Cast;
let owner: Client;

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
  owner = new Client({ connectionString: stack.database.url, application_name: 'test' });
  await owner.connect();
}, 120_000);
afterAll(async () => {
  await owner?.end();
  await stack?.stop();
});

describe('the database goes away and comes back', () => {
  test('requests fail in words while it is gone, and everything works again by itself', async () => {
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const first = await cast.tyres.get('/session');
    expect([200, 500, 503]).toContain(first.status);
    if (first.status !== 200) expect(['INTERNAL', 'NOT_READY']).toContain(first.code);
    await eventually(async () => (await cast.tyres.get('/session')).status === 200);
    await eventually(async () => (await new Visitor(stack).get('/health/ready')).status === 200);
    const invited = await cast.tyres.post('/colleagues/invitations', {
      email: 'after@northwind.example',
      roles: ['VIEWER'],
    });
    expect(invited.status).toBe(201);
    const deposit = await cast.settlement.call(
      'POST',
      '/deposits',
      {
        organisationId: (await listed(cast.tyres, '/directory?q=Silverlake'))[0]?.id,
        amount: { minor: '100', currency: 'CNY' },
        bankReference: 'AFTER-BREAK',
      },
      { 'idempotency-key': randomUUID(), prefer: 'wait=30' },
    );
    expect(deposit).toMatchObject({ status: 202, body: { state: 'DONE' } });
  });

  test('an error inside says nothing about the inside', async () => {
    await owner.query('ALTER TABLE app.link RENAME TO link_hidden');
    const answer = await cast.tyres.post('/colleagues/invitations', {
      email: 'x@northwind.example',
      roles: ['VIEWER'],
    });
    await owner.query('ALTER TABLE app.link_hidden RENAME TO link');
    expect(answer).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(JSON.stringify(answer.body)).not.toMatch(/app\.link|link_hidden|select|insert/i);
  });
});

describe('the demo network', () => {
  const count = async (sql: string) => Number((await owner.query(sql)).rows[0].count);
  const all = async () => ({
    organisations: await count('SELECT count(*) FROM app.organisation'),
    people: await count('SELECT count(*) FROM app.app_user'),
    operations: await count('SELECT count(*) FROM ops.operation'),
    deposits: await count('SELECT count(*) FROM app.deposit'),
  });

  test('is made once: a second start adds nothing', async () => {
    const before = await all();
    await stack.app.get(DemoSeed).run();
    await stack.restart();
    expect(await all()).toEqual(before);
    expect(before.organisations).toBe(DEMO_ORGANISATIONS.length);
  });

  test('that was half made when it was killed is finished by the next start', async () => {
    const cut = await startStack({}, { empty: true });
    const client = new Client({ connectionString: cut.database.url });
    await client.connect();
    const seed = cut.app.get(DemoSeed);
    // The process dies at the first of these moments, again and again, each a little later.
    for (const organisations of [1, 3, 6]) {
      const running = seed.run().catch(() => 'cut');
      await eventually(
        async () =>
          Number((await client.query('SELECT count(*) FROM app.organisation')).rows[0].count) >= organisations,
      );
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'headwater_api'`,
      );
      await running;
    }
    await seed.run();
    const states = await client.query('SELECT state, member_id, name FROM app.organisation ORDER BY member_id');
    await client.end();
    expect(states.rows).toHaveLength(DEMO_ORGANISATIONS.length);
    expect(states.rows.map(({ state }) => state)).toEqual(DEMO_ORGANISATIONS.map(() => 'ADMITTED'));
    expect(states.rows.slice(0, 2)).toMatchObject([
      { member_id: 1, name: 'Headwater Operations' },
      { member_id: 2, name: 'Harbour Settlement Bank' },
    ]);
    await cut.stop();
  });

  test('on a register with a clock of its own, nobody moves the clock', async () => {
    const { app, config } = stack;
    const parts = [app.get(StoredClock), app.get(UnitOfWork), app.get(RegisterService)] as const;
    const elsewhere = new ClockService({ ...config, localChain: false }, ...parts);
    const real = new ClockService({ ...config, demo: false }, ...parts);
    const operator = systemActor(new Date(), 'test');
    for (const clock of [elsewhere, real]) {
      await expect(clock.advance(operator, { days: 1 })).rejects.toMatchObject({ code: 'DEMO_ONLY' });
    }
  });
});

async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await isTrue().catch(() => false))) {
    if (performance.now() > deadline) throw new Error('not in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
