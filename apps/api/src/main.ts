import 'reflect-metadata';
import { createApp } from './app.js';
import { readConfig } from './config.js';

/**
 * Starts the API (and the web beside it). The parent process, where there is one, is told when it is ready, and its end
 * is ours: a killed parent must not leave a server behind.
 */
async function main(): Promise<void> {
  const config = readConfig();
  const app = await createApp(config);
  await app.listen({ port: config.port, host: config.host });
  const url = config.publicUrl ?? (await app.getUrl()).replace('[::1]', 'localhost');
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.send?.({ type: 'ready', url, signIns: [] });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.send?.({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  process.disconnect?.();
});
