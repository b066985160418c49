import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Chain } from '../../../apps/api/src/modules/register/chain/chain.js';
import { Rpc } from '../../../apps/api/src/modules/register/chain/rpc.js';
import { hashOf } from '../../../apps/api/src/modules/register/sender/prepare.js';
import { freshChain, type TestChain } from '../../support/chain.js';
import { freshDatabase, type TestDatabase } from '../../support/database.js';
import { TestClock, TestEngine, until } from './engine.js';

/** Start-up brings database and chain together, or refuses and changes nothing. */
describe('start-up', () => {
  let database: TestDatabase;
  let chain: TestChain;
  let masterKey: Buffer;
  let clock: TestClock;
  const started: TestEngine[] = [];

  beforeEach(async () => {
    [database, chain] = [await freshDatabase(), await freshChain()];
    masterKey = randomBytes(32);
    clock = new TestClock(Date.parse('2026-11-21T02:00:00Z'));
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((engine) => engine.stop()));
    await chain.stop();
  });

  async function open(more: { rpcUrl?: string; databaseUrl?: string; demo?: boolean; masterKey?: Buffer } = {}) {
    const options = { databaseUrl: database.url, rpcUrl: chain.url, masterKey, clock, ...more };
    const engine = await TestEngine.create(options);
    started.push(engine);
    return engine;
  }
  const raw = (url = chain.url) => new Chain(new Rpc(url));

  it('rebuilds a chain that has forgotten to the same hashes, again and again, and goes on', async () => {
    const first = await (await open()).start();
    await first.network();
    const ids = [await first.issue(100n), await first.issue(200n)];
    clock.time += 3 * 86_400_000;
    await first.service.followClock();
    await first.done({
      kind: 'PASS_UNITS',
      payable: ids[0] ?? '0x',
      fromMember: 11,
      toMember: 12,
      units: 40n,
      evidenceHash: ids[1] ?? '0x',
    });
    await first.run(first.issueCall(0n));
    for (let round = 0; round < 2; round += 1) {
      const before = await raw().head();
      await started.pop()?.stop();
      await chain.stop();
      chain = await freshChain();
      const next = await (await open()).start();
      expect(await raw().head()).toEqual(before);
      await next.issue(300n);
      expect((await raw().head()).number).toBe(before.number + 1);
    }
    const [count] = await (started[0] as TestEngine).rows('SELECT count(*)::int AS n FROM register.payable');
    expect(count?.n).toBe(4);
  });

  it('rebuilds reverted transactions too', async () => {
    const first = await (await open()).start();
    await first.network();
    // More than is held, sent without asking first: a block with a transaction that was reverted.
    const payable = await first.issue(10n);
    const { keystore, db, chain: inner, chainClock } = first.runtime.engine;
    const signer = await keystore.signer(db, 'MEMBER:11');
    const data = first.runtime.engine.calls.abis.payables.encodeFunctionData('pass', [payable, [12], [11n], [payable]]);
    const nonce = await inner.transactionCount(signer?.address ?? '');
    const signed = await signer?.signTransaction({
      type: 2,
      chainId: 31_337,
      nonce,
      to: first.runtime.record.addresses.payables,
      data,
      gasLimit: 300_000,
      maxFeePerGas: 0,
      maxPriorityFeePerGas: 0,
    });
    await chainClock.atClockTime(() => inner.sendRaw(signed ?? '0x')).catch(() => undefined);
    expect((await inner.receipt(hashOf(signed ?? '0x')))?.status).toBe(0);
    const before = await raw().head();
    await until(
      async () => (await first.rows('SELECT block_number::int AS n FROM ops.cursor'))[0]?.n === before.number,
      'indexed',
    );
    await started.pop()?.stop();
    await chain.stop();
    chain = await freshChain();
    await (await open()).start();
    expect((await raw().head()).hash).toBe(before.hash);
  });

  it('refuses a chain that is neither empty nor its own, and writes nothing to it', async () => {
    await raw().mine();
    const engine = await open();
    await expect(engine.start()).rejects.toThrow(/neither empty/);
    expect((await raw().head()).number).toBe(1);
    const second = await open();
    expect(await second.rows('SELECT count(*)::int AS n FROM ops.deployment')).toEqual([{ n: 0 }]);
  });

  it('refuses the chain of another database', async () => {
    await (await open()).start();
    const other = await freshDatabase();
    await expect((await open({ databaseUrl: other.url })).start()).rejects.toThrow(/neither empty/);
  });

  it('refuses a chain that went another way', async () => {
    const first = await (await open()).start();
    await first.network();
    await started.pop()?.stop();
    await chain.stop();
    chain = await freshChain();
    await raw().mine();
    await expect((await open()).start()).rejects.toThrow(/not in this database's journal/);
  });

  it('refuses to serve a projection that does not say what the register says', async () => {
    const first = await (await open()).start();
    await first.network();
    await first.issue(100n);
    await first.runtime.engine.db.query('UPDATE register.holding SET units = units + 1');
    await started.pop()?.stop();
    await expect((await open()).start()).rejects.toThrow(/differ in 1 of \d+ numbers.*holding of member 11/);
  });

  it('refuses a wrong master key', async () => {
    await (await open()).start();
    await started.pop()?.stop();
    await expect((await open({ masterKey: randomBytes(32) })).start()).rejects.toThrow(/master key/);
  });

  it('refuses keys of governance outside demo mode, and to deploy there', async () => {
    await expect((await open({ demo: false })).start()).rejects.toThrow(/outside demo mode/);
    await (await open()).start();
    await started.pop()?.stop();
    await expect((await open({ demo: false })).start()).rejects.toThrow(/belong to their own signers/);
  });

  it('names a node that does not answer', async () => {
    const { waitForNode } = await import('../../../apps/api/src/modules/register/boot/boot.js');
    const silent = new Chain(new Rpc('http://127.0.0.1:9', 200));
    await expect(waitForNode(silent, 2, 10)).rejects.toThrow(/No chain node answers/);
  });
});

/** What the engine does when the chain under it is not what it was. */
describe('a chain that is changed while it is followed', () => {
  it('halts loudly on a reorganisation, stays halted, and writes nothing more', async () => {
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
    const node = new Rpc(chain.url);
    const { z } = await import('zod');
    const snapshot = await node.call('evm_snapshot', [], z.string());
    await engine.issue(100n);
    const [before] = await engine.rows('SELECT block_number, block_hash FROM ops.cursor');
    await node.call('evm_revert', [snapshot], z.boolean());
    await node.call('hardhat_mine', ['0x3'], z.unknown());
    await until(() => engine.service.troubles().length > 0, 'halted');
    expect(engine.service.troubles()[0]).toMatch(/reorganised|another one/);
    const [after] = await engine.rows('SELECT block_number, block_hash, halted FROM ops.cursor');
    expect(after).toMatchObject({ ...before, halted: expect.any(String) });
    expect(engine.logged.join()).toMatch(/HALTED/);
    const queued = await engine.enqueue(engine.issueCall(5n));
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await engine.service.operation(queued.id))?.state).toBe('QUEUED');
    await engine.stop();
    await chain.stop();
  });

  it('takes no command while the chain is ahead of the clock', async () => {
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
    clock.time -= 3_600_000;
    const queued = await engine.enqueue(engine.issueCall(5n));
    await until(() => engine.service.troubles().length > 0, 'diverged');
    await expect(engine.enqueue(engine.issueCall(6n))).rejects.toThrow('CLOCK_DIVERGED');
    clock.time += 3_600_000;
    await until(async () => (await engine.service.operation(queued.id))?.state === 'DONE', 'goes on');
    await engine.issue(7n);
    await engine.stop();
    await chain.stop();
  });
});
