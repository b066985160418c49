import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { type Actor, systemActor } from '../common/actor.js';
import { DomainError } from '../common/errors.js';
import { AnsweredBefore, type IdempotentRequest, requestContext } from '../common/http/request-context.js';
import { readConfig } from '../config.js';
import { checkTrail } from '../modules/audit/audit.service.js';
import { CHANGE_CHANNEL } from './changes.js';
import { connect } from './data-source.js';
import { rows } from './sql.js';
import { UnitOfWork } from './unit-of-work.js';

const Answer = z.object({ id: z.string() });
const Count = z.object({ count: z.coerce.number() });
const NOW = new Date('2026-11-21T00:00:00.000Z');
const actor: Actor = { ...systemActor(NOW, 'test'), userId: randomUUID(), organisationId: randomUUID() };

let database: TestDatabase;
let api: DataSource;
let owner: Client;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  database = await freshDatabase();
  api = await connect(database.url, 'headwater_api');
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query('CREATE TABLE app.effect (id text NOT NULL); GRANT ALL ON app.effect TO headwater_api');
  const config = readConfig({ DATABASE_URL: database.url, RPC_URL: 'http://127.0.0.1:1', MASTER_KEY: 'ab'.repeat(32) });
  unitOfWork = new UnitOfWork(api, { now: () => NOW }, config);
});

afterAll(async () => {
  await owner?.end();
  await api?.destroy();
  await database?.drop();
});

function request(key: string, content = 'same', options: Partial<IdempotentRequest> = {}): IdempotentRequest {
  const requestHash = Buffer.alloc(32, content);
  return {
    actorId: actor.userId,
    key,
    requestHash,
    operationId: 'test',
    status: 201,
    answer: Answer,
    secret: false,
    ...options,
  };
}

/** One request under a key, doing one countable thing. */
function effect(idempotent: IdempotentRequest, inside?: () => Promise<void>): Promise<{ id: string }> {
  return requestContext.run({ correlationId: 'test', idempotent }, () =>
    unitOfWork.write(actor, async ({ manager }) => {
      await manager.query('INSERT INTO app.effect VALUES ($1)', [idempotent.key]);
      await inside?.();
      return { id: idempotent.key };
    }),
  );
}

async function effects(key: string): Promise<number> {
  const [row] = await rows(api, Count, 'SELECT count(*) FROM app.effect WHERE id = $1', [key]);
  return row?.count ?? -1;
}

describe('one key, one effect', () => {
  test('the second time the first answer comes back and nothing is done', async () => {
    await effect(request('twice'));
    const again = await effect(request('twice')).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(AnsweredBefore);
    expect(again).toMatchObject({ answer: { status: 201, body: { id: 'twice' } } });
    expect(await effects('twice')).toBe(1);
  });

  test('ten at once have one effect, and all the others get its answer', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, () => effect(request('at-once')).catch((error: unknown) => error)),
    );
    expect(all.filter((one) => !(one instanceof Error))).toEqual([{ id: 'at-once' }]);
    for (const one of all.filter((each) => each instanceof Error))
      expect(one).toMatchObject({ answer: { body: { id: 'at-once' } } });
    expect(await effects('at-once')).toBe(1);
  });

  test('the same key with another request is refused', async () => {
    await effect(request('reused', 'one'));
    await expect(effect(request('reused', 'two'))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await effects('reused')).toBe(1);
  });

  test('the same key of another person is another key', async () => {
    await effect(request('shared'));
    await effect(request('shared', 'same', { actorId: randomUUID() }));
    expect(await effects('shared')).toBe(2);
  });

  test('a refusal leaves the key free, so that the request can be repeated', async () => {
    const refused = effect(request('refused'), () => Promise.reject(new DomainError('FUNDS_NOT_AVAILABLE')));
    await expect(refused).rejects.toMatchObject({ code: 'FUNDS_NOT_AVAILABLE' });
    expect(await effects('refused')).toBe(0);
    await effect(request('refused'));
    expect(await effects('refused')).toBe(1);
  });

  test('when the connection dies before the commit nothing has happened, and the key is free', async () => {
    const killed = effect(request('killed'), async () => {
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = $1`,
        [database.name],
      );
    });
    await expect(killed).rejects.toThrow();
    expect(await effects('killed')).toBe(0);
    await effect(request('killed'));
    expect(await effects('killed')).toBe(1);
  });

  test('an answer that does not fit the route is a mistake of ours and changes nothing', async () => {
    await expect(effect(request('shape', 'same', { answer: z.object({ other: z.string() }) }))).rejects.toThrow(
      /must return/,
    );
    expect(await effects('shape')).toBe(0);
  });

  test('an answer with a secret is stored encrypted and replayed in full', async () => {
    await effect(request('secret-link', 'same', { secret: true }));
    const stored = await owner.query(`SELECT body::text AS body FROM ops.idempotency WHERE key = 'secret-link'`);
    expect(stored.rows[0].body).toMatch(/^\{"sealed": "/);
    expect(stored.rows[0].body).not.toContain('secret-link');
    const again = effect(request('secret-link', 'same', { secret: true }));
    await expect(again).rejects.toMatchObject({ answer: { body: { id: 'secret-link' } } });
  });
});

describe('one transaction', () => {
  test('two writes that wait for each other both succeed: the one that Postgres gives up is tried again', async () => {
    await owner.query(`INSERT INTO app.effect VALUES ('left'), ('right')`);
    const lock = (id: string) => `UPDATE app.effect SET id = id WHERE id = '${id}'`;
    let attempts = 0;
    const both = (first: string, second: string) =>
      unitOfWork.write(actor, async ({ manager }) => {
        attempts += 1;
        await manager.query(lock(first));
        await new Promise((resolve) => setTimeout(resolve, 100));
        await manager.query(lock(second));
      });
    await Promise.all([both('left', 'right'), both('right', 'left')]);
    expect(attempts).toBeGreaterThan(2);
  }, 30_000);

  test('notices leave with the commit, and never without it', async () => {
    const heard: string[] = [];
    await owner.query(`LISTEN ${CHANGE_CHANNEL}`);
    owner.on('notification', ({ payload }) => heard.push(payload ?? ''));
    const [organisation, id] = [randomUUID(), randomUUID()];
    await expect(
      unitOfWork.write(actor, async (write) => {
        await write.notify('cash', [organisation]);
        throw new DomainError('FUNDS_NOT_AVAILABLE');
      }),
    ).rejects.toThrow();
    await unitOfWork.write(actor, (write) => write.notify('cash', [organisation, organisation], id));
    await owner.query('SELECT 1');
    expect(heard.map((text) => JSON.parse(text))).toEqual([{ topic: 'cash', organisations: [organisation], id }]);
  });
});

describe('the audit trail', () => {
  const note = (subjectId: string) =>
    unitOfWork.write(actor, (write) =>
      write.audit({
        event: 'thing.done',
        subjectType: 'thing',
        subjectId,
        details: { b: '2', a: '1' },
        visibleTo: [randomUUID()],
      }),
    );

  test('many at once form one chain', async () => {
    await Promise.all(Array.from({ length: 20 }, () => note(randomUUID())));
    const found = await checkTrail(api);
    expect(found.brokenAt).toBeUndefined();
    expect(found.lines).toBeGreaterThanOrEqual(20);
  });

  test('a write that fails leaves no line', async () => {
    const subjectId = randomUUID();
    await expect(
      unitOfWork.write(actor, async (write) => {
        await write.audit({ event: 'thing.done', subjectType: 'thing', subjectId });
        throw new DomainError('NOT_FOUND');
      }),
    ).rejects.toThrow();
    expect(await rows(api, Count, 'SELECT count(*) FROM ops.audit WHERE subject_id = $1', [subjectId])).toEqual([
      { count: 0 },
    ]);
  });

  test('the API can neither change nor remove a line', async () => {
    await expect(api.query(`UPDATE ops.audit SET event = 'x'`)).rejects.toThrow(/permission denied|append-only/);
    await expect(api.query('DELETE FROM ops.audit')).rejects.toThrow(/permission denied|append-only/);
    await expect(owner.query('TRUNCATE ops.audit')).rejects.toThrow(/append-only/);
  });

  test.each([
    ['a changed line', (id: string) => `UPDATE ops.audit SET details = '{"a":"9"}' WHERE id = ${id}`],
    ['a line made visible to somebody else', (id: string) => `UPDATE ops.audit SET visible_to = '{}' WHERE id = ${id}`],
    ['a removed line', (id: string) => `DELETE FROM ops.audit WHERE id = ${id}`],
    [
      'a re-hashed line',
      (id: string) => `UPDATE ops.audit SET hash = '\\x${randomBytes(32).toString('hex')}' WHERE id = ${id}`,
    ],
  ])('%s is found, even when the owner of the database did it', async (_, tamper) => {
    await Promise.all([note(randomUUID()), note(randomUUID()), note(randomUUID())]);
    const { rows: ids } = await owner.query('SELECT id FROM ops.audit ORDER BY id DESC LIMIT 2');
    await owner.query('BEGIN; SET LOCAL session_replication_role = replica');
    await owner.query(tamper(ids[1].id));
    const found = await checkTrail({ query: async (sql, values) => (await owner.query(sql, values)).rows });
    await owner.query('ROLLBACK');
    expect(found.brokenAt).toBeDefined();
    expect((await checkTrail(api)).brokenAt).toBeUndefined();
  });
});
