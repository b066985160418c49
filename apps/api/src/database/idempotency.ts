import { z } from 'zod';
import { DomainError } from '../common/errors.js';
import { AnsweredBefore, type IdempotentRequest, type StoredAnswer } from '../common/http/request-context.js';
import type { SecretBox } from '../common/secret-box.js';
import { affected, firstRow, type Queryable } from './sql.js';

/** How long a key is remembered. A client that repeats itself later than this gets a new effect. */
export const REMEMBERED_DAYS = 7;

const Stored = z.object({ request_hash: z.instanceof(Buffer), status: z.int().nullable(), body: z.unknown() });
const Sealed = z.strictObject({ sealed: z.string() });

/**
 * Takes the key inside the transaction of the effect. Where the same key is being worked on at this moment, Postgres
 * lets this insert wait until the other transaction has ended; then either that one's answer is replayed or, where it
 * failed, this one goes on.
 */
export async function takeKey(db: Queryable, request: IdempotentRequest, box: SecretBox): Promise<void> {
  const taken = await affected(
    db,
    `INSERT INTO ops.idempotency (actor_id, key, request_hash) VALUES ($1, $2, $3)
     ON CONFLICT (actor_id, key) DO NOTHING RETURNING key`,
    [request.actorId, request.key, request.requestHash],
  );
  if (taken === 1) return;
  const answer = await answerOf(db, request, box);
  if (answer === undefined) throw new DomainError('IDEMPOTENCY_IN_PROGRESS');
  throw new AnsweredBefore(answer);
}

/** What was answered under this key before. Errors: IDEMPOTENCY_KEY_REUSED where it was another request. */
export async function answerOf(
  db: Queryable,
  request: IdempotentRequest,
  box: SecretBox,
): Promise<StoredAnswer | undefined> {
  const stored = await firstRow(
    db,
    Stored,
    'SELECT request_hash, status, body FROM ops.idempotency WHERE actor_id = $1 AND key = $2',
    [request.actorId, request.key],
  );
  if (stored === undefined) return undefined;
  if (!stored.request_hash.equals(request.requestHash)) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
  if (stored.status === null) throw new DomainError('IDEMPOTENCY_IN_PROGRESS');
  return { status: stored.status, body: unseal(stored.body, request, box) };
}

/** Stores the answer beside the effect, before the transaction commits. */
export async function storeAnswer(
  db: Queryable,
  request: IdempotentRequest,
  answer: StoredAnswer,
  box: SecretBox,
): Promise<void> {
  const body = request.secret
    ? { sealed: box.seal(Buffer.from(JSON.stringify(answer.body))).toString('base64') }
    : answer.body;
  await db.query('UPDATE ops.idempotency SET status = $3, body = $4 WHERE actor_id = $1 AND key = $2', [
    request.actorId,
    request.key,
    answer.status,
    body === undefined ? null : JSON.stringify(body),
  ]);
}

/** Forgets keys that are too old to be repeated; returns how many. */
export function forgetKeys(db: Queryable): Promise<number> {
  return affected(db, 'DELETE FROM ops.idempotency WHERE created_at < now() - make_interval(days => $1)', [
    REMEMBERED_DAYS,
  ]);
}

function unseal(body: unknown, request: IdempotentRequest, box: SecretBox): unknown {
  if (!request.secret) return body ?? undefined;
  const text: unknown = JSON.parse(box.open(Buffer.from(Sealed.parse(body).sealed, 'base64')).toString('utf8'));
  return text;
}
