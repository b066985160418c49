import net from 'node:net';
import { Failure } from './failure.ts';

const ATTEMPTS_MAX = 50;

function listen(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** A port nobody listens on at this moment. Whoever takes it must still be ready to find it gone. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const port = await listen(0, host);
  if (port === undefined) throw new Failure(`No free port on ${host}.`);
  return port;
}

/**
 * The wanted port, or the next free one above it. A port that somebody asked for by name is never exchanged silently:
 * a bookmark or a proxy may depend on it.
 */
export async function choosePort(wanted: number, host: string, explicit: boolean): Promise<number> {
  if (wanted === 0) return await freePort(host);
  if ((await listen(wanted, host)) !== undefined) return wanted;
  if (explicit) throw new Failure(`Port ${wanted} on ${host} is taken. Stop what uses it, or choose another PORT.`);
  for (let port = wanted + 1; port <= Math.min(wanted + ATTEMPTS_MAX, 65_535); port++) {
    if ((await listen(port, host)) !== undefined) return port;
  }
  throw new Failure(`Ports ${wanted} to ${wanted + ATTEMPTS_MAX} on ${host} are taken. Set PORT to a free one.`);
}
