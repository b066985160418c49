import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEMO_PASSWORD } from '../../../apps/api/src/modules/demo/demo.network.js';
import { startStack, type TestStack, Visitor } from '../../support/stack.js';

const WANG = 'wang@aurora.example';
const LIU = 'liu@aurora.example';
const ZHAO = 'zhao@northwind.example';

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

const as = (email: string, password = DEMO_PASSWORD) => Visitor.signedIn(stack, email, password);
const link = (answer: { body: unknown }) => answer.body as { id: string; token: string; url: string; email: string };

describe('signing in', () => {
  test('a right password opens a session that ends with signing out', async () => {
    const wang = await as(WANG);
    expect(await wang.get('/session')).toMatchObject({
      status: 200,
      body: {
        user: { email: WANG, roles: ['ADMINISTRATOR', 'MAKER'] },
        organisation: { name: 'Aurora Motors', state: 'ADMITTED' },
      },
    });
    const { cookie } = wang;
    expect((await wang.call('DELETE', '/session')).status).toBe(204);
    wang.cookie = cookie;
    expect(await wang.get('/session')).toMatchObject({ status: 401, code: 'SIGNED_OUT' });
  });

  test('a wrong password and an unknown address cannot be told apart', async () => {
    const stranger = new Visitor(stack);
    const wrong = await stranger.call('POST', '/session', { email: LIU, password: 'not this one 1' });
    const unknown = await stranger.call('POST', '/session', {
      email: 'nobody@aurora.example',
      password: 'not this one 1',
    });
    for (const answer of [wrong, unknown]) expect(answer).toMatchObject({ status: 401, code: 'SIGN_IN_FAILED' });
    const told = ({ body }: typeof wrong) => ({ ...(body as Record<string, unknown>), correlationId: '' });
    expect(told(wrong)).toEqual(told(unknown));
  });

  test('the cookie cannot be read by scripts, sent by other sites, or sent in the clear', async () => {
    const response = await fetch(`${stack.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: stack.url },
      body: JSON.stringify({ email: WANG, password: DEMO_PASSWORD }),
    });
    const [sealed = ''] = response.headers.getSetCookie();
    expect(sealed).toMatch(/^__Host-headwater=[\w-]{43};/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(sealed).toContain(attribute);
    expect(sealed).not.toContain('Domain');
  });

  test('after ten wrong tries one has to wait, with a word on how long', async () => {
    const stranger = new Visitor(stack);
    const tries = [];
    for (let i = 0; i < 11; i += 1) {
      tries.push(
        await stranger.call('POST', '/session', { email: 'guo@cedar-bank.example', password: `wrong guess ${i}` }),
      );
    }
    expect(tries.slice(0, 10).map(({ code }) => code)).toEqual(Array(10).fill('SIGN_IN_FAILED'));
    expect(tries[10]).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(Number(tries[10]?.headers.get('retry-after'))).toBeGreaterThan(0);
    await expect(as(WANG)).resolves.toBeDefined();
  });

  test.each([
    ['no body', undefined],
    ['another shape', { user: 'x' }],
    ['a field too many', { email: WANG, password: 'x', role: 'ADMINISTRATOR' }],
    ['a list', []],
  ])('%s is refused in words', async (_, body) => {
    const answer = await new Visitor(stack).call('POST', '/session', body);
    expect(answer).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });
});

describe('where a request comes from', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a page without an address', { origin: 'null' }],
    ['the same host on another port', { origin: 'http://127.0.0.1:1' }],
    ['a browser that hides the origin', { 'sec-fetch-site': 'cross-site', origin: '' }],
  ])('%s cannot change anything', async (_, headers) => {
    const wang = await as(WANG);
    const response = await fetch(`${stack.url}/api/v1/sessions`, {
      method: 'DELETE',
      headers: Object.fromEntries([
        ...Object.entries(headers).filter(([, value]) => value !== ''),
        ['cookie', wang.cookie],
      ]),
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'ORIGIN_REFUSED' });
    expect((await wang.get('/session')).status).toBe(200);
  });

  test('on plain http elsewhere than localhost nobody can sign in, and is told why', async () => {
    const response = await rawSignIn({ host: 'headwater.example', origin: 'http://headwater.example' });
    expect(response).toMatchObject({ status: 403, code: 'INSECURE_TRANSPORT' });
  });
});

describe('passwords and links', () => {
  test('changing the password ends the other sessions and not this one', async () => {
    const [here, there] = [await as(LIU), await as(LIU)];
    expect(
      await here.call('POST', '/password/change', { current: 'wrong wrong wrong', next: 'a quiet new word 7' }),
    ).toMatchObject({
      status: 422,
      code: 'PASSWORD_WRONG',
    });
    for (const next of ['short', 'passwordpassword', '123456123456', 'liu@aurora.example', 'aaaaaaaaaaaaaa']) {
      const answer = await here.call('POST', '/password/change', { current: DEMO_PASSWORD, next });
      expect(answer).toMatchObject({ status: 422, code: 'PASSWORD_TOO_WEAK' });
    }
    const changed = await here.call('POST', '/password/change', { current: DEMO_PASSWORD, next: 'a quiet new word 7' });
    expect(changed.status).toBe(204);
    expect((await here.get('/session')).status).toBe(200);
    expect((await there.get('/session')).status).toBe(401);
    await expect(as(LIU)).rejects.toThrow('SIGN_IN_FAILED');
    await expect(as(LIU, 'a quiet new word 7')).resolves.toBeDefined();
  });

  test('signing out everywhere ends every session', async () => {
    const [one, two] = [await as(WANG), await as(WANG)];
    expect((await one.call('DELETE', '/sessions')).status).toBe(204);
    expect((await two.get('/session')).status).toBe(401);
  });

  test('a colleague joins by a link that works once', async () => {
    const wang = await as(WANG);
    const invited = await wang.post('/colleagues/invitations', {
      email: 'New.Person@aurora.example',
      roles: ['VIEWER'],
    });
    expect(invited.status).toBe(201);
    const { token, email } = link(invited);
    expect(email).toBe('new.person@aurora.example');
    const newcomer = new Visitor(stack);
    expect((await newcomer.get(`/links/${token}`)).body).toMatchObject({
      kind: 'INVITE',
      email,
      organisationName: 'Aurora Motors',
    });
    const accept = () =>
      newcomer.call('POST', `/links/${token}/accept`, { name: 'New Person', password: 'a first word 2026' });
    const both = await Promise.all([accept(), accept()]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410]);
    expect((await newcomer.get(`/links/${token}`)).code).toBe('LINK_INVALID');
    expect((await newcomer.get('/session')).body).toMatchObject({
      user: { roles: ['VIEWER'] },
      organisation: { name: 'Aurora Motors' },
    });
    expect(await newcomer.post('/colleagues/invitations', { email: 'x@y.example', roles: ['VIEWER'] })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('an invitation that was withdrawn or replaced lets nobody in', async () => {
    const wang = await as(WANG);
    const body = { email: 'late@aurora.example', roles: ['VIEWER'] };
    const first = link(await wang.post('/colleagues/invitations', body));
    const second = link(await wang.post('/colleagues/invitations', body));
    expect((await wang.get(`/links/${first.token}`)).code).toBe('LINK_INVALID');
    expect((await wang.call('DELETE', `/colleagues/invitations/${second.id}`)).status).toBe(204);
    expect((await wang.get(`/links/${second.token}`)).code).toBe('LINK_INVALID');
    expect((await wang.call('DELETE', `/colleagues/invitations/${second.id}`)).code).toBe('NOT_FOUND');
  });

  test('a reset link from an administrator sets a new password and ends old sessions', async () => {
    const wang = await as(WANG);
    const zhang = await as('zhang@aurora.example');
    const { items } = (await wang.get('/colleagues')).body as { items: { id: string; email: string }[] };
    const { id } = items.find(({ email }) => email === 'zhang@aurora.example') ?? { id: '' };
    const { token } = link(await wang.post(`/colleagues/${id}/password-reset`));
    const other = new Visitor(stack);
    expect((await other.call('POST', `/links/${token}/accept`, { password: 'a second word 2026' })).status).toBe(201);
    expect((await zhang.get('/session')).status).toBe(401);
    expect((await other.call('POST', `/links/${token}/accept`, { password: 'a third word 2026' })).code).toBe(
      'LINK_INVALID',
    );
  });

  test('the last administrator stays, also when two go at once', async () => {
    const zhao = await as(ZHAO);
    const invited = link(
      await zhao.post('/colleagues/invitations', { email: 'two@northwind.example', roles: ['ADMINISTRATOR'] }),
    );
    const two = new Visitor(stack);
    await two.call('POST', `/links/${invited.token}/accept`, { name: 'Two', password: 'a second word 2026' });
    const { items } = (await zhao.get('/colleagues')).body as { items: { id: string; email: string }[] };
    const idOf = (email: string) => items.find((one) => one.email === email)?.id ?? '';
    const answers = await Promise.all([
      zhao.call('DELETE', `/colleagues/${idOf('two@northwind.example')}`),
      two.call('DELETE', `/colleagues/${idOf(ZHAO)}`),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.map(({ code }) => code)).toEqual(
      expect.arrayContaining([expect.stringMatching(/LAST_ADMINISTRATOR|SIGNED_OUT/)]),
    );
  });
});

/** fetch does not let one lie about the host. */
async function rawSignIn(headers: Record<string, string>): Promise<{ status: number; code: unknown }> {
  const { request } = await import('node:http');
  const body = JSON.stringify({ email: WANG, password: DEMO_PASSWORD });
  return new Promise((resolve, reject) => {
    const sent = request(
      `${stack.url}/api/v1/session`,
      { method: 'POST', headers: { ...headers, 'content-type': 'application/json', 'content-length': body.length } },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).code }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
