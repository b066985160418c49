import { client } from './generated/client.gen';
import { problemOf, unreachable } from './problem';

/** How long a command may be waited for before the answer is an operation still under way. */
const PREFER_WAIT = 'wait=10';

/**
 * One fetch for every call. A POST always carries an Idempotency-Key: the caller's own where one intent may be sent
 * several times (see useCommand), else a fresh one. Anything but success is thrown as an ApiProblem.
 */
async function headwaterFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', freshKey());
  }
  if (request.method === 'POST' || request.method === 'PUT') request.headers.set('Prefer', PREFER_WAIT);
  const response = await fetch(request).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** randomUUID exists only in secure contexts; on plain http elsewhere the same 128 random bits are drawn by hand. */
export function freshKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function configureClient(): void {
  client.setConfig({ baseUrl: window.location.origin, fetch: headwaterFetch, credentials: 'same-origin' });
}
