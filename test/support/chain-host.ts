/**
 * A process that makes chains on request, outside the test runner: loading Hardhat takes two seconds, a further chain
 * some ten milliseconds, and the test runner's module system does not have to carry any of it.
 *   POST /            -> { id, url }   a new, empty chain with the settings of `hardhat node`
 *   DELETE /<id>      -> 204           stops it
 */
import http from 'node:http';
import { fromRoot } from '../../scripts/lib/paths.ts';

type JsonRpcServer = Awaited<ReturnType<Awaited<ReturnType<typeof loadNetworks>>['createServer']>>;

const chains = new Map<string, JsonRpcServer>();
let networks: ReturnType<typeof loadNetworks> | undefined;
let created = 0;

async function loadNetworks() {
  const { createHardhatRuntimeEnvironment } = await import('hardhat/hre');
  const config = (await import('../../hardhat.config.ts')).default;
  return (await createHardhatRuntimeEnvironment(config, {}, fromRoot())).network;
}

async function createChain(): Promise<{ id: string; url: string }> {
  // Loaded at the first request only: a run without system tests does not pay for it.
  networks ??= loadNetworks();
  const server = await (await networks).createServer('node', '127.0.0.1', 0);
  const { port } = await server.listen();
  const id = String(++created);
  chains.set(id, server);
  return { id, url: `http://127.0.0.1:${port}` };
}

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  if (request.method === 'POST') {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(await createChain()));
    return;
  }
  const id = (request.url ?? '').slice(1);
  const server = chains.get(id);
  chains.delete(id);
  await server?.close();
  response.writeHead(server ? 204 : 404).end();
}

const server = http.createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`http://127.0.0.1:${address.port}`);
});
