import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { Chain } from '../../../apps/api/src/modules/register/chain/chain.js';
import { Rpc } from '../../../apps/api/src/modules/register/chain/rpc.js';
import { freshChain, type TestChain } from '../../support/chain.js';
import { freshDatabase, type TestDatabase } from '../../support/database.js';
import { TestClock, TestEngine, until } from './engine.js';
import { type Behaviour, RpcProxy } from './rpc-proxy.js';

// Faults cost their timeouts, and a busy machine makes them long.
jest.setTimeout(180_000);

/** The network between engine and node does its worst; every outcome is found out, none is guessed. */
describe('a node that cannot be trusted to answer', () => {
  let database: TestDatabase;
  let chain: TestChain;
  let proxy: RpcProxy;
  const masterKey = randomBytes(32);
  const clock = new TestClock(Date.parse('2026-11-21T02:00:00Z'));
  const started: TestEngine[] = [];

  beforeEach(async () => {
    [database, chain] = [await freshDatabase(), await freshChain()];
    proxy = await new RpcProxy(chain.url).listen();
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((engine) => engine.stop()));
    await proxy.close();
    await chain.stop();
  });

  async function open(): Promise<TestEngine> {
    const engine = await TestEngine.create({
      databaseUrl: database.url,
      rpcUrl: proxy.url,
      masterKey,
      clock,
      rpcTimeoutMs: 4000,
    });
    started.push(engine);
    return engine;
  }

  it('sends once, whatever happens to the sending', async () => {
    const engine = await (await open()).start();
    await engine.network();
    const { chain: node, db, keystore } = engine.runtime.engine;
    const buyer = (await keystore.signer(db, 'MEMBER:10'))?.address ?? '';
    const behaviours: Behaviour[] = ['CUT', 'DROP', 'HANG', 'HTML', 'ANOTHER_ID'];
    for (const [index, behaviour] of behaviours.entries()) {
      // One hang costs its whole timeout; the others cost nothing, so they come twice.
      const planned = behaviour === 'HANG' ? 1 : 2;
      let faults = planned;
      proxy.behave = (method) => (method === 'eth_sendRawTransaction' && faults-- > 0 ? behaviour : 'PASS');
      await engine.issue(77n);
      expect(faults).toBeLessThan(planned);
      expect(await node.transactionCount(buyer)).toBe(index + 1);
    }
    const nonces = 'SELECT nonce::int FROM ops.operation WHERE kind = $1 ORDER BY id';
    const taken = await engine.rows(nonces, ['ISSUE_PAYABLE']);
    expect(taken.map((row) => row.nonce)).toEqual(behaviours.map((_, index) => index));
  });

  it('waits while the node is away, and goes on by itself', async () => {
    const engine = await (await open()).start();
    await engine.network();
    proxy.behave = () => 'DROP';
    const operation = await engine.enqueue(engine.issueCall(5n));
    await until(() => engine.service.troubles().length > 0, 'the trouble shows');
    expect((await engine.service.operation(operation.id))?.state).toBe('QUEUED');
    proxy.behave = () => 'PASS';
    await until(async () => (await engine.service.operation(operation.id))?.state === 'DONE', 'done');
    await until(() => engine.service.troubles().length === 0, 'the trouble is over');
  });

  it.each([0, 9])('continues a deployment that was cut off after %i transactions, chain kept', async (sent) => {
    let left = sent;
    proxy.behave = (method) => (method === 'eth_sendRawTransaction' && left-- <= 0 ? 'CUT' : 'PASS');
    await expect((await open()).start()).rejects.toThrow();
    proxy.behave = () => 'PASS';
    const engine = await (await open()).start();
    const [stored] = await engine.runtime.engine.db.query('SELECT count(*)::int AS n FROM ops.deployment_transaction');
    const deployer = await engine.runtime.engine.keystore.signer(engine.runtime.engine.db, 'GOVERNANCE:DEPLOYER');
    expect(await new Chain(new Rpc(chain.url)).transactionCount(deployer?.address ?? '')).toBe(stored.n);
    await engine.network();
  });

  it('continues a deployment that was cut off, chain lost', async () => {
    let left = 7;
    proxy.behave = (method) => (method === 'eth_sendRawTransaction' && left-- <= 0 ? 'CUT' : 'PASS');
    await expect((await open()).start()).rejects.toThrow();
    proxy.behave = () => 'PASS';
    await chain.stop();
    chain = await freshChain();
    proxy.target = chain.url;
    const engine = await (await open()).start();
    await engine.network();
    await engine.issue(5n);
  });
});

describe('lanes', () => {
  it('run beside each other, each in the order of its nonces', async () => {
    const [database, chain] = [await freshDatabase(), await freshChain()];
    const clock = new TestClock(Date.parse('2026-11-21T02:00:00Z'));
    const options = { databaseUrl: database.url, rpcUrl: chain.url, masterKey: randomBytes(32), clock };
    const engine = await (await TestEngine.create(options)).start();
    await engine.network();
    for (const buyer of [20, 21, 22]) await engine.admit(buyer, ['BUYER'], buyer);
    const before = Number((await engine.rows('SELECT count(*)::int AS n FROM ops.operation'))[0]?.n);
    const calls = Array.from({ length: 24 }, (_, i) => ({
      ...engine.issueCall(BigInt(i + 1)),
      buyerMember: 20 + (i % 3),
    }));
    const operations = await Promise.all(calls.map((call) => engine.enqueue(call)));
    const ended = await Promise.all(operations.map((operation) => engine.service.waitFor(operation.id, 20_000)));
    expect(ended.map((operation) => operation?.state)).toEqual(calls.map(() => 'DONE'));
    const lanes = await engine.rows(
      `SELECT signer, array_agg(nonce::int ORDER BY id) AS nonces FROM ops.operation WHERE kind = 'ISSUE_PAYABLE' GROUP BY signer`,
    );
    expect(lanes).toHaveLength(3);
    for (const lane of lanes) expect(lane.nonces).toEqual(Array.from({ length: 8 }, (_, i) => i));
    const [count] = await engine.rows('SELECT count(*)::int AS n FROM register.payable');
    expect(count?.n).toBe(24);
    expect(before).toBeGreaterThan(0);
    await engine.stop();
    await chain.stop();
  });

  it('stay single with two engines on one database, and one engine takes over from the other', async () => {
    const [database, chain] = [await freshDatabase(), await freshChain()];
    const clock = new TestClock(Date.parse('2026-11-21T02:00:00Z'));
    const options = { databaseUrl: database.url, rpcUrl: chain.url, masterKey: randomBytes(32), clock };
    const first = await (await TestEngine.create(options)).start();
    await first.network();
    const second = await (await TestEngine.create(options)).start();
    const calls = Array.from({ length: 12 }, (_, i) => first.issueCall(BigInt(i + 1)));
    const operations = await Promise.all(calls.map((call, i) => (i % 2 ? first : second).enqueue(call)));
    for (const operation of operations.slice(0, 5)) await second.service.waitFor(operation.id, 20_000);
    await first.stop();
    const ended = await Promise.all(operations.map((operation) => second.service.waitFor(operation.id, 20_000)));
    expect(ended.map((operation) => operation?.state)).toEqual(calls.map(() => 'DONE'));
    const [sum] = await second.rows('SELECT count(*)::int AS n, sum(face)::int AS face FROM register.payable');
    expect(sum).toEqual({ n: 12, face: 78 });
    await second.stop();
    await chain.stop();
  });

  it('survive that the database ends all their connections', async () => {
    const [database, chain] = [await freshDatabase(), await freshChain()];
    const clock = new TestClock(Date.parse('2026-11-21T02:00:00Z'));
    const options = { databaseUrl: database.url, rpcUrl: chain.url, masterKey: randomBytes(32), clock };
    const engine = await (await TestEngine.create(options)).start();
    await engine.network();
    const administrator = new pg.Client({ connectionString: database.url });
    await administrator.connect();
    for (let round = 1; round <= 3; round += 1) {
      const operation = await engine.enqueue(engine.issueCall(BigInt(round)));
      await administrator.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      const state = () =>
        engine.service.operation(operation.id).then(
          (seen) => seen?.state,
          () => undefined,
        );
      await until(async () => (await state()) === 'DONE', `round ${round}`);
    }
    const [sum] = await engine.rows('SELECT count(*)::int AS n, sum(face)::int AS face FROM register.payable');
    expect(sum).toEqual({ n: 3, face: 6 });
    await administrator.end();
    await engine.stop();
    await chain.stop();
  });

  it('leave it to the register who wins when two ask for the same', async () => {
    const [database, chain] = [await freshDatabase(), await freshChain()];
    const clock = new TestClock(Date.parse('2026-11-21T02:00:00Z'));
    const engine = await TestEngine.create({
      databaseUrl: database.url,
      rpcUrl: chain.url,
      masterKey: randomBytes(32),
      clock,
    });
    await engine.start();
    await engine.network();
    const call = engine.issueCall(10n);
    const ended = await Promise.all([engine.run(call), engine.run(call), engine.run(call)]);
    expect(ended.map((operation) => operation.state).sort()).toEqual(['DONE', 'FAILED', 'FAILED']);
    for (const operation of ended)
      if (operation.state === 'FAILED') expect(operation.error?.code).toBe('INVOICE_DUPLICATE');
    await engine.stop();
    await chain.stop();
  });
});
