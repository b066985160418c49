import { randomUUID } from 'node:crypto';

/** A refusal of the API, as its problem document says it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(`${status} ${code}: ${detail}`);
    this.status = status;
    this.code = code;
  }
}

export type Json = Record<string, unknown>;

/** Text of a field that must be there; a missing one is the API's fault and is said so. */
export function text(body: unknown, ...path: string[]): string {
  const value = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Json)[key] : undefined),
    body,
  );
  if (typeof value !== 'string')
    throw new Error(`the answer has no text at ${path.join('.')}: ${JSON.stringify(body)?.slice(0, 300)}`);
  return value;
}

export function list(body: unknown): Json[] {
  const items = typeof body === 'object' && body !== null ? (body as Json).items : undefined;
  if (!Array.isArray(items)) throw new Error('the answer is not a list');
  return items as Json[];
}

/** One person at a browser: keeps the session cookie, sends the Origin, an Idempotency-Key per wish. */
export class Person {
  private cookie = '';
  private readonly baseUrl: () => string;
  readonly email: string;
  private readonly password: string;

  constructor(baseUrl: () => string, email: string, password: string) {
    this.baseUrl = baseUrl;
    this.email = email;
    this.password = password;
  }

  async signIn(): Promise<{ memberRoles: readonly string[] }> {
    const session = await this.call('POST', '/session', { email: this.email, password: this.password });
    const roles = (session as { organisation?: { roles?: unknown } }).organisation?.roles;
    return { memberRoles: Array.isArray(roles) ? roles.map(String) : [] };
  }

  get(path: string): Promise<unknown> {
    return this.call('GET', path);
  }
  post(path: string, body?: Json | FormData, idempotencyKey = randomUUID()): Promise<unknown> {
    return this.call('POST', path, body, idempotencyKey);
  }
  put(path: string, body: Json): Promise<unknown> {
    return this.call('PUT', path, body, randomUUID());
  }

  /** Sends a command and follows its operation to the end; a failed operation is a refusal with the operation's code. */
  async command(method: 'POST' | 'PUT', path: string, body?: Json): Promise<unknown> {
    let operation = await this.call(method, path, body, randomUUID());
    for (let i = 0; i < 12 && !['DONE', 'FAILED'].includes(text(operation, 'state')); i++) {
      operation = await this.call('GET', `/operations/${text(operation, 'id')}`);
    }
    const state = text(operation, 'state');
    if (state === 'FAILED')
      throw new Refusal(409, text(operation, 'error', 'code'), text(operation, 'error', 'detail'));
    if (state !== 'DONE') throw new Error(`operation ${text(operation, 'id')} is still ${state}`);
    return operation;
  }

  private async call(method: string, path: string, body?: Json | FormData, idempotencyKey?: string): Promise<unknown> {
    const base = this.baseUrl();
    const headers: Record<string, string> = { origin: new URL(base).origin, prefer: 'wait=10' };
    if (this.cookie) headers.cookie = this.cookie;
    if (idempotencyKey) headers['idempotency-key'] = idempotencyKey;
    if (body && !(body instanceof FormData)) headers['content-type'] = 'application/json';
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers,
      body: body instanceof FormData ? body : body && JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const cookie = response.headers.getSetCookie()[0];
    if (cookie) this.cookie = cookie.split(';')[0] ?? '';
    const answer: unknown = response.status === 204 ? undefined : await response.json();
    if (!response.ok) throw new Refusal(response.status, text(answer, 'code'), text(answer, 'detail'));
    return answer;
  }
}
