import fs from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../../scripts/lib/paths.ts';
import { type Postgres, removeCluster, startPostgres } from '../../scripts/lib/postgres.ts';
import { type Child, startNode } from '../../scripts/lib/processes.ts';
import { temporaryFolder } from '../../scripts/lib/temporary.ts';

export interface TestServers {
  readonly folder: string;
  readonly postgres: Postgres;
  readonly chainHost: Child;
}

declare global {
  var testServers: TestServers | undefined;
}

async function startChainHost(): Promise<{ child: Child; url: string }> {
  const child = startNode('The chain host', [fromRoot('test/support/chain-host.ts')], {
    env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: 'true', NODE_OPTIONS: '' },
    output: 'pipe',
  });
  child.process.stderr?.pipe(process.stderr);
  const url = new Promise<string>((resolve) =>
    child.process.stdout?.once('data', (data) => resolve(String(data).trim())),
  );
  const first = await Promise.race([url, child.gone.then((how) => ({ how }))]);
  if (typeof first !== 'string') throw new Error(`The chain host ${first.how}.`);
  return { child, url: first };
}

/**
 * One Postgres and one chain host serve every test file of the run; each test takes a database and a chain of its own
 * from them (database.ts, chain.ts), so tests never see each other's rows or blocks.
 */
export default async function globalSetup(): Promise<void> {
  process.env.TZ = 'UTC';
  const folder = temporaryFolder('test');
  const [postgres, chainHost] = await Promise.all([
    startPostgres({ dataDir: folder, logFile: path.join(folder, 'postgres.log'), fast: true }),
    startChainHost(),
  ]);
  process.env.TEST_DATABASE_URL = postgres.url;
  process.env.TEST_CHAIN_HOST_URL = chainHost.url;
  globalThis.testServers = { folder, postgres, chainHost: chainHost.child };
}

export async function stopServers({ folder, postgres, chainHost }: TestServers): Promise<void> {
  await Promise.all([postgres.stop(), chainHost.stop([['SIGTERM', 2_000]])]);
  removeCluster(folder);
  fs.rmSync(folder, { recursive: true, force: true });
}
