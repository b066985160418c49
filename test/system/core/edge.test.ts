import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../../../scripts/lib/temporary.js';
import { startStack, type TestStack } from '../../support/stack.js';

const INLINE = "document.documentElement.dataset.scheme = 'dark';";
const PAGE = `<!doctype html><html><head><script>${INLINE}</script><script type="module" src="/assets/app-1a2b.js"></script></head></html>`;

let stack: TestStack;
let folder: string;

beforeAll(async () => {
  folder = temporaryFolder('web');
  fs.mkdirSync(path.join(folder, 'dist', 'assets'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'dist', 'index.html'), PAGE);
  fs.writeFileSync(path.join(folder, 'dist', 'assets', 'app-1a2b.js'), 'export {};');
  fs.writeFileSync(path.join(folder, 'secret.txt'), 'not for the web');
  stack = await startStack({ WEB_DIST: path.join(folder, 'dist'), PUBLIC_URL: 'https://headwater.example' });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const get = async (address: string) => {
  const response = await fetch(`${stack.url}${address}`, { redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe('the web application', () => {
  test.each(['/', '/invoices', '/links/some-token', '/a/deep/page?with=query'])(
    '%s is a page of it',
    async (address) => {
      const page = await get(address);
      expect(page).toMatchObject({ status: 200, text: PAGE });
      expect(page.headers.get('cache-control')).toBe('no-cache');
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    },
  );

  test('built files are kept by browsers, because their names change with them', async () => {
    const file = await get('/assets/app-1a2b.js');
    expect(file.status).toBe(200);
    expect(file.headers.get('cache-control')).toContain('immutable');
  });

  test.each(['/api', '/api/v1/nothing', '/api/v2/session', '/assets/gone-9z.js'])(
    '%s is never a page',
    async (address) => {
      const answer = await get(address);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    },
  );

  test.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt'])(
    '%s does not lead out of it',
    async (address) => expect((await get(address)).text).not.toContain('not for the web'),
  );

  test('only its own scripts run: files of ours, and the one inline by its hash', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    const hash = createHash('sha256').update(INLINE).digest('base64');
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });
});

const signIn = (password: string, forwarded: Record<string, string>) =>
  fetch(`${stack.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://headwater.example', ...forwarded },
    body: JSON.stringify({ email: 'xu@first-river.example', password }),
  });
const throughProxy = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' };

describe('behind a TLS proxy', () => {
  test('the session is sealed, and lives only there', async () => {
    const response = await signIn('tidal harbour 2026', throughProxy);
    expect(response.status).toBe(201);
    const cookies = response.headers.getSetCookie();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^__Host-headwater=.*Secure/);
    const [pair = ''] = (cookies[0] ?? '').split(';');
    const plain = { cookie: pair.replace('__Host-headwater', 'headwater-plain'), ...throughProxy };
    expect((await fetch(`${stack.url}/api/v1/session`, { headers: { cookie: pair, ...throughProxy } })).status).toBe(
      200,
    );
    expect((await fetch(`${stack.url}/api/v1/session`, { headers: plain })).status).toBe(401);
  });

  test('browsers are told to come back by https only', async () => {
    const response = await fetch(`${stack.url}/api/v1/meta`, { headers: throughProxy });
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000');
  });

  test("an invented address in front of the proxy's own does not make guesses free", async () => {
    const answers: number[] = [];
    for (let i = 0; i < 11; i += 1) {
      const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': `198.51.100.${i}, 203.0.113.77` };
      answers.push((await signIn(`wrong guess ${i}`, forwarded)).status);
    }
    expect(answers).toEqual([...Array(10).fill(401), 429]);
  });
});
