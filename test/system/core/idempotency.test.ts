import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type Cast, idOf, listed, signInAll, uploadSample } from '../../support/main-job.js';
import { startStack, type TestStack } from '../../support/stack.js';

let stack: TestStack;
let cast: Cast;
let buyer: string;

beforeAll(async () => {
  stack = await startStack();
  cast = await signInAll(stack);
  buyer = String((await listed(cast.tyres, '/directory?role=BUYER'))[0]?.registryNumber);
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});

const invoice = (number: string, minor = '113') => ({
  number,
  buyerRegistryNumber: buyer,
  issueDay: '2026-10-01',
  dueDay: '2027-10-01',
  currency: 'CNY',
  netMinor: String(Number(minor) - 13),
  taxMinor: '13',
  payableMinor: minor,
});
const count = async (number: string) => (await listed(cast.tyres, `/invoices?q=${number}`)).length;

describe('one wish, one effect', () => {
  test('a POST without a key is refused, and a key that is no key too', async () => {
    expect(await cast.tyres.call('POST', '/invoices', invoice('IDEM-0'))).toMatchObject({
      status: 400,
      code: 'IDEMPOTENCY_KEY_MISSING',
    });
    expect(await cast.tyres.post('/invoices', invoice('IDEM-0'), 'x'.repeat(201))).toMatchObject({
      status: 400,
      code: 'REQUEST_INVALID',
    });
    expect(await count('IDEM-0')).toBe(0);
  });

  test('the same wish twice gets the same answer', async () => {
    const key = randomUUID();
    const first = await cast.tyres.post('/invoices', invoice('IDEM-1'), key);
    const second = await cast.tyres.post('/invoices', invoice('IDEM-1'), key);
    expect(first.status).toBe(201);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await count('IDEM-1')).toBe(1);
  });

  test('twelve at once have one effect', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => cast.tyres.post('/invoices', invoice('IDEM-2'), key)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => idOf(answer))).size).toBe(1);
    expect(await count('IDEM-2')).toBe(1);
  });

  test('the key of another wish is refused, and so is one at another address', async () => {
    const key = randomUUID();
    await cast.tyres.post('/invoices', invoice('IDEM-3'), key);
    expect(await cast.tyres.post('/invoices', invoice('IDEM-3', '226'), key)).toMatchObject({
      status: 409,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const elsewhere = await cast.tyres.post(
      '/colleagues/invitations',
      { email: 'k@northwind.example', roles: ['VIEWER'] },
      key,
    );
    expect(elsewhere).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('a refused wish may be repeated under its key once the reason is gone', async () => {
    const key = randomUUID();
    const first = idOf(await cast.tyres.post('/invoices', invoice('IDEM-4')));
    expect(await cast.tyres.post('/invoices', invoice('IDEM-4'), key)).toMatchObject({
      status: 409,
      code: 'INVOICE_DUPLICATE',
    });
    await cast.tyres.post(`/invoices/${first}/withdraw`);
    expect((await cast.tyres.post('/invoices', invoice('IDEM-4'), key)).status).toBe(201);
  });

  test('an uploaded file counts by its bytes', async () => {
    const file = (content: string) => {
      const form = new FormData();
      form.append('file', new Blob([content], { type: 'application/xml' }), 'a.xml');
      return form;
    };
    expect((await uploadSample(cast.tyres, stack, 'NW-1002.xml')).status).toBe(201);
    const key = randomUUID();
    expect((await cast.tyres.post('/invoices/uploads', file('<a/>'), key)).status).toBe(422);
    expect((await cast.tyres.post('/invoices/uploads', file('<b/>'), key)).status).toBe(422);
  });

  test('a link that is shown once is shown again to the same wish, and is not readable in the database', async () => {
    const key = randomUUID();
    const body = { email: 'once@northwind.example', roles: ['VIEWER'] };
    const first = await cast.tyres.post('/colleagues/invitations', body, key);
    const again = await cast.tyres.post('/colleagues/invitations', body, key);
    expect(again.body).toEqual(first.body);
    const { token } = first.body as { token: string };
    const client = new Client({ connectionString: stack.database.url });
    await client.connect();
    const dump = await client.query(`SELECT string_agg(row_to_json(i)::text, ' ') AS all_rows FROM ops.idempotency i`);
    await client.end();
    expect(dump.rows[0].all_rows).toContain('sealed');
    expect(dump.rows[0].all_rows).not.toContain(token);
  });

  test('a restart forgets no key', async () => {
    const key = randomUUID();
    const first = await cast.tyres.post('/invoices', invoice('IDEM-5'), key);
    await stack.restart();
    const again = await cast.tyres.post('/invoices', invoice('IDEM-5'), key);
    expect(again.body).toEqual(first.body);
    expect(await count('IDEM-5')).toBe(1);
  });
});

describe('what a request may be', () => {
  test.each([
    ['half a body', '{"number":'],
    ['a body that is no JSON', 'number=1'],
  ])('%s is refused', async (_, text) => {
    const response = await fetch(`${stack.url}/api/v1/invoices`, {
      method: 'POST',
      headers: {
        cookie: cast.tyres.cookie,
        origin: stack.url,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: text,
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  test('a body larger than any is refused before it is read', async () => {
    const answer = await cast.tyres.post('/invoices', { number: 'x'.repeat(300_000) });
    expect(answer).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  test('a file over 5 MB is refused', async () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(5 * 1024 * 1024 + 1)]), 'big.xml');
    expect(await cast.tyres.post('/invoices/uploads', form)).toMatchObject({ status: 413, code: 'DOCUMENT_TOO_LARGE' });
  });

  test('two files, or none, are refused', async () => {
    const two = new FormData();
    two.append('file', new Blob(['<a/>']), 'a.xml');
    two.append('file', new Blob(['<b/>']), 'b.xml');
    expect((await cast.tyres.post('/invoices/uploads', two)).status).toBe(400);
    const none = new FormData();
    none.append('note', 'nothing here');
    expect((await cast.tyres.post('/invoices/uploads', none)).status).toBe(400);
  });

  test('an unknown address and an unknown method are told as problems with a correlation id', async () => {
    const answer = await cast.tyres.call('GET', '/nothing/here', undefined, { 'x-correlation-id': 'my-own-id' });
    expect(answer).toMatchObject({ status: 404, code: 'NOT_FOUND', body: { correlationId: 'my-own-id' } });
    expect(answer.headers.get('x-correlation-id')).toBe('my-own-id');
    expect((await cast.tyres.call('PATCH', '/invoices')).status).toBe(404);
  });

  test('a cursor that was never given out is refused', async () => {
    expect(await cast.tyres.get('/invoices?cursor=abc')).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect(await cast.tyres.get('/invoices?limit=101')).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    expect(await cast.tyres.get('/invoices?surprise=1')).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });

  test.each([
    '/directory?q=%00',
    '/invoices?q=a%00b',
    '/directory?q=%F0%9F%9B%9E',
    "/directory?q=';--",
    '/directory?q=%25',
  ])('%s is searched for or refused, and never an error of ours', async (address) =>
    expect([200, 400]).toContain((await cast.tyres.get(address)).status),
  );

  test.each([
    ['text/xml', '<Invoice/>', 415],
    ['text/plain', '{}', 400],
    ['application/x-www-form-urlencoded', 'number=1', 400],
  ])('a body of type %s is refused', async (type, body, status) => {
    const headers = {
      cookie: cast.tyres.cookie,
      origin: stack.url,
      'content-type': type,
      'idempotency-key': randomUUID(),
    };
    const response = await fetch(`${stack.url}/api/v1/invoices`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
  });

  test('pages follow each other without gap or repetition', async () => {
    for (let i = 0; i < 7; i += 1) await cast.tyres.post('/invoices', invoice(`PAGE-${i}`));
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await cast.tyres.get(`/invoices?q=PAGE-&limit=3${cursor && `&cursor=${cursor}`}`);
      const page = body as { items: { number: string }[]; nextCursor?: string };
      seen.push(...page.items.map(({ number }) => number));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(['PAGE-6', 'PAGE-5', 'PAGE-4', 'PAGE-3', 'PAGE-2', 'PAGE-1', 'PAGE-0']);
  });
});
