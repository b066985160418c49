import { stopServers } from './global-setup.ts';

export default async function globalTeardown(): Promise<void> {
  if (globalThis.testServers) await stopServers(globalThis.testServers);
}
