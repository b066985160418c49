import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { identify, isAlive } from '../../../scripts/lib/lock.mjs';
import { fromRoot } from '../../../scripts/lib/paths.ts';
import { removeCluster } from '../../../scripts/lib/postgres.ts';
import { temporaryFolder } from '../../../scripts/lib/temporary.ts';

/** What a person at a terminal relies on. Each start is a process of its own, as `npm start` makes it. */
jest.setTimeout(180_000);

interface Start {
  readonly process: ChildProcess;
  /** Everything it said until it was ready, or until it ended. */
  readonly said: string;
  readonly url: string;
  readonly ended: Promise<number | null>;
}

const dataDir = temporaryFolder('start');
const started: Start[] = [];

async function start(...args: string[]): Promise<Start> {
  const child = spawn(process.execPath, [fromRoot('scripts/start.ts'), '--data-dir', dataDir, ...args], {
    // A stack that runs on this machine, or a setting of its owner, must not decide what is tested here.
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<void>((resolve) => {
    const read = (data: Buffer) => {
      said += data.toString();
      if (said.includes('Ctrl-C stops')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  await Promise.race([ready, ended]);
  const one = { process: child, said, ended, url: /is ready on (\S+)/.exec(said)?.[1] ?? '' };
  started.push(one);
  return one;
}

const partsOf = () =>
  JSON.parse(fs.readFileSync(path.join(dataDir, 'run.json'), 'utf8')) as ReturnType<typeof identify>[];

async function until(condition: () => boolean, limitMs: number): Promise<boolean> {
  for (let waited = 0; waited < limitMs && !condition(); waited += 50) await new Promise((go) => setTimeout(go, 50));
  return condition();
}

let first: Start;
beforeAll(async () => {
  first = await start('--port', '0');
});
afterAll(async () => {
  for (const { process: child, ended } of started) {
    child.kill('SIGTERM');
    await ended;
  }
  removeCluster(dataDir);
  fs.rmSync(dataDir, { recursive: true, force: true });
});

test('it says where it is, who can sign in, and serves API and web there', async () => {
  expect(first.said).toMatch(/Headwater is ready on http:\/\/localhost:\d+ \([\d,]+ ms\)/);
  expect(first.said).toMatch(/Organisation +E-mail +Password +Role/);
  expect((await fetch(`${first.url}/api/v1/health/ready`)).status).toBe(200);
  const page = await fetch(first.url);
  expect(page.headers.get('content-type')).toContain('text/html');
});

test('a second start on the same data is refused in one line', async () => {
  const second = await start('--port', '0');
  expect(await second.ended).toBe(1);
  expect(second.said.trim()).toBe(
    `Headwater already runs on ${dataDir} (process ${first.process.pid}). Stop it, or set another DATA_DIR.`,
  );
});

test('a port asked for by name that is taken is refused in one line', async () => {
  const { port } = new URL(first.url);
  const elsewhere = temporaryFolder('elsewhere');
  const second = await start('--port', port, '--data-dir', elsewhere);
  expect(await second.ended).toBe(1);
  expect(second.said.trim()).toBe(`Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another PORT.`);
  fs.rmSync(elsewhere, { recursive: true, force: true });
});

test('killed outright, it leaves nothing running and starts again on the same data', async () => {
  const parts = partsOf();
  expect(parts).toHaveLength(3);
  first.process.kill('SIGKILL');
  await first.ended;
  expect(await until(() => !parts.some(isAlive), 15_000)).toBe(true);
  const again = await start('--port', '0');
  expect((await fetch(`${again.url}/api/v1/health/ready`)).status).toBe(200);
  // A polite end: everything stops in order and says nothing of failures.
  const partsAgain = partsOf();
  again.process.kill('SIGTERM');
  expect(await again.ended).toBe(0);
  expect(partsAgain.some(isAlive)).toBe(false);
  expect(fs.existsSync(path.join(dataDir, 'run.json'))).toBe(false);
});
