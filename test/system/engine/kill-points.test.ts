import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compare } from '../../../apps/api/src/modules/register/boot/agreement.js';
import type { Moment } from '../../../apps/api/src/modules/register/engine.js';
import { freshChain, type TestChain } from '../../support/chain.js';
import { freshDatabase, type TestDatabase } from '../../support/database.js';
import { GENESIS, TestClock, TestEngine, until } from './engine.js';

const API_DIST = path.resolve('apps/api/dist');

const MOMENTS: readonly Moment[] = [
  'claimed',
  'simulated',
  'nonce-taken',
  'signed-stored',
  'sent',
  'marked-sent',
  'block-fetched',
  'block-applied',
  'block-committed',
];

/**
 * kill -9 of the engine right after each step between outbox and projection: nothing is lost, nothing doubled. Every
 * other time the chain dies with it and is rebuilt from the journal, so that a block that was mined and not journaled is
 * gone and its transaction must find its way again.
 */
describe('killed between any two steps', () => {
  let database: TestDatabase;
  let chain: TestChain;
  const masterKey = randomBytes(32);
  const clock = new TestClock(Date.parse('2026-11-21T02:00:00Z'));
  const running = new Set<ChildProcess>();
  let face = 1000n;

  beforeAll(async () => {
    [database, chain] = await Promise.all([freshDatabase(), freshChain()]);
    execFileSync(process.execPath, [path.resolve('test/system/engine/build.mjs')]);
    const first = await open();
    await first.start();
    await first.network();
    await first.stop();
  });
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
  });

  const open = () => TestEngine.create({ databaseUrl: database.url, rpcUrl: chain.url, masterKey, clock });

  /** Answers when the engine is up; `gone` says how it ended. */
  async function startProcess(killAt: Moment): Promise<{ readonly gone: Promise<NodeJS.Signals | null> }> {
    const settings = {
      dist: API_DIST,
      databaseUrl: database.url,
      rpcUrl: chain.url,
      masterKey: masterKey.toString('hex'),
      time: clock.time,
      killAt,
      genesis: GENESIS,
    };
    const script = path.resolve('test/system/engine/engine-process.mjs');
    const child = spawn(process.execPath, [script, JSON.stringify(settings)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    running.add(child);
    let words = '';
    child.stderr?.on('data', (data) => {
      words += String(data);
    });
    const gone = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    void gone.then(() => running.delete(child));
    const ready = new Promise<true>((resolve) => child.stdout?.once('data', () => resolve(true)));
    if ((await Promise.race([ready, gone])) !== true) throw new Error(`the engine did not start: ${words}`);
    return { gone };
  }

  it.each(MOMENTS.map((moment, index) => [moment, index % 2 === 1] as const))(
    'after "%s" (chain lost too: %s)',
    async (moment, chainLost) => {
      const engine = await open();
      const { gone } = await startProcess(moment);
      face += 1n;
      const operation = await engine.enqueue(engine.issueCall(face));
      expect(await gone).toBe('SIGKILL');
      if (chainLost) {
        await chain.stop();
        chain = await freshChain();
      }
      await engine.stop();
      const next = await open();
      await next.start();
      await until(async () => (await next.service.operation(operation.id))?.state === 'DONE', `${moment}: done`);
      const issued = await next.rows('SELECT payable_id FROM register.payable WHERE original_face = $1', [
        face.toString(),
      ]);
      expect(issued).toHaveLength(1);
      const head = await next.runtime.engine.chain.head();
      const agreement = await compare(next.api, next.runtime.engine.chain, next.runtime.record, head.number);
      expect(agreement.differences).toEqual([]);
      await next.stop();
    },
  );
});
