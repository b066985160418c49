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
  stack = await startStack({ WEB_DIST: path.join(folder, 'dist') }, { empty: true });
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
