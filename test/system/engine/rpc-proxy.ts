import http from 'node:http';
import { z } from 'zod';

/** PASS: as if it were not there. CUT: the request reaches the node, its answer never reaches us. DROP: neither. */
export type Behaviour = 'PASS' | 'CUT' | 'DROP' | 'HANG' | 'HTML' | 'ANOTHER_ID';

const RequestSchema = z.object({ method: z.string() });

/** Stands between the engine and the node and does to its questions what networks do. */
export class RpcProxy {
  readonly #server: http.Server;
  /** Decides about each request by its method. */
  behave: (method: string) => Behaviour = () => 'PASS';
  url = '';

  constructor(public target: string) {
    this.#server = http.createServer((request, response) => void this.#answer(request, response));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    this.url = `http://127.0.0.1:${address.port}`;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const behaviour = this.behave(RequestSchema.parse(JSON.parse(body)).method);
    if (behaviour === 'HANG') return;
    if (behaviour === 'DROP') return void request.destroy();
    if (behaviour === 'HTML') return void response.writeHead(502).end('<html>Bad gateway</html>');
    const answer = await fetch(this.target, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const text = await answer.text();
    if (behaviour === 'CUT') return void request.destroy();
    response.setHeader('content-type', 'application/json');
    response.end(behaviour === 'ANOTHER_ID' ? text.replace(/"id":\s*\d+/, '"id":987654321') : text);
  }
}
