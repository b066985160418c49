/**
 * Everything on one machine: Postgres, the chain, the API and the web application.
 *   npm start -- [--port N] [--data-dir DIR] [--fresh]
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readyText, signInTable } from './lib/announce.ts';
import { runMain } from './lib/failure.ts';
import { fromRoot } from './lib/paths.ts';
import { readStackOptions } from './lib/settings.ts';
import { Stack } from './lib/stack.ts';
import { stopOnEnd } from './lib/supervise.ts';

const OPTIONS = { port: { type: 'string' }, 'data-dir': { type: 'string' }, fresh: { type: 'boolean' } } as const;

/** When the command was given: bootstrap may have installed everything first. */
function beganAt(): number {
  return Number(process.env.HEADWATER_BEGAN_MS) || performance.timeOrigin;
}

async function main(): Promise<undefined> {
  if (existsSync(fromRoot('.env'))) process.loadEnvFile(fromRoot('.env'));
  const { values } = parseArgs({ options: OPTIONS });
  const options = readStackOptions({ port: values.port, dataDir: values['data-dir'], fresh: values.fresh });
  const stack = new Stack({
    ...options,
    onProgress: (text) => console.log(text),
    onFailure: (reason) => {
      console.error(`${reason} Stopping. See ${stack.dataDir}/logs.`);
      void end(1);
    },
  });
  const end = stopOnEnd(() => stack.stop());
  await stack.start();
  console.log(readyText('Headwater', stack.url, Date.now() - beganAt()));
  if (stack.signIns.length > 0) console.log(`\nDemo sign-ins\n${signInTable(stack.signIns)}\n`);
  console.log(
    `Data and logs are in ${stack.dataDir}. Ctrl-C stops everything; the next start goes on where this ends.`,
  );
}

await runMain(main);
