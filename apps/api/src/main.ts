import 'reflect-metadata';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { demoSignIns } from './modules/demo/meta.service.js';
import { prepare } from './prepare.js';

/**
 * Starts the API (and the web beside it). The parent process, where there is one, is told how far we are, and its end
 * is ours: a killed parent must not leave a server behind.
 */
async function main(): Promise<void> {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  const config = readConfig();
  const app = await createApp(config);
  await app.listen({ port: config.port, host: config.host });
  if (config.demo) process.send?.({ type: 'progress', text: 'Making the demo network' });
  await prepare(app, config);
  const url = config.publicUrl ?? (await app.getUrl()).replace('[::1]', 'localhost');
  process.send?.({ type: 'ready', url, signIns: config.demo ? signIns() : [] });
}

function signIns() {
  return demoSignIns().map(({ organisation, email, password, roles, person }) => ({
    organisation,
    email,
    password,
    role: `${person}: ${roles.map((role) => role.toLowerCase()).join(', ')}`,
  }));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  // Something may still hold the process (a pool, a timer); nothing it does is of use any more.
  process.exit(1);
});
