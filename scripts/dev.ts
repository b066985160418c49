/**
 * Everything on one machine with reload: Vite serves the web application and reloads what changes in it; a change in
 * the API builds and restarts the API alone, so that data and chain stay as they are.
 *   npm run dev -- [--port N] [--data-dir DIR]
 */
import { existsSync, watch } from 'node:fs';
import { parseArgs } from 'node:util';
import { readyText, signInTable } from './lib/announce.ts';
import { messageOf, runMain } from './lib/failure.ts';
import { fromRoot } from './lib/paths.ts';
import { choosePort } from './lib/ports.ts';
import { type Child, startNode } from './lib/processes.ts';
import { readStackOptions } from './lib/settings.ts';
import { Stack } from './lib/stack.ts';
import { stopOnEnd } from './lib/supervise.ts';

const WEB_PORT = 5173;
const SETTLE_MS = 150;
const OPTIONS = { port: { type: 'string' }, 'data-dir': { type: 'string' } } as const;

function startVite(port: number, apiUrl: string): Child {
  const args = [
    fromRoot('node_modules/vite/bin/vite.js'),
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--strictPort',
  ];
  const env = { ...process.env, API_URL: apiUrl };
  return startNode('Vite', [...args, '--clearScreen', 'false'], { cwd: fromRoot('apps/web'), env, output: 'inherit' });
}

/** Editors save several files at once and some twice; restarts follow one another, never overlap. */
function onApiChange(restart: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let queue = Promise.resolve();
  watch(fromRoot('apps/api/src'), { recursive: true }, (_, file) => {
    if (!file || file.endsWith('.spec.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      queue = queue.then(restart).catch((error: unknown) => console.error(messageOf(error)));
    }, SETTLE_MS);
  });
}

async function main(): Promise<undefined> {
  if (existsSync(fromRoot('.env'))) process.loadEnvFile(fromRoot('.env'));
  const { values } = parseArgs({ options: OPTIONS });
  const webPort = await choosePort(WEB_PORT, '127.0.0.1', false);
  const url = `http://localhost:${webPort}`;
  let vite: Child | undefined;
  const stack = new Stack({
    ...readStackOptions({ port: values.port, dataDir: values['data-dir'] }),
    web: false,
    env: { PUBLIC_URL: process.env.PUBLIC_URL || url, NODE_ENV: 'development' },
    onProgress: (text) => console.log(text),
    // The API may fall over while somebody works on it: say so and wait for the next change.
    onFailure: (reason) => console.error(`${reason} See ${stack.dataDir}/logs.`),
  });
  stopOnEnd(async () => {
    await vite?.stop([['SIGTERM', 2_000]]);
    await stack.stop();
  });
  const began = performance.now();
  await stack.start();
  vite = startVite(webPort, stack.apiAddress);
  console.log(readyText('Development', url, performance.now() - began));
  console.log(`API: ${stack.apiAddress}   Postgres: ${stack.databaseUrl}   Chain: ${stack.rpcUrl}`);
  if (stack.signIns.length > 0) console.log(signInTable(stack.signIns));
  onApiChange(async () => {
    const from = performance.now();
    await stack.restartApi();
    console.log(`API restarted (${Math.round(performance.now() - from)} ms)`);
  });
}

await runMain(main);
