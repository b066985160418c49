import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { type IdempotentRequest, requestContext } from '../common/http/request-context.js';
import { loadMasterKey } from '../common/master-key.js';
import { SecretBox } from '../common/secret-box.js';
import { Config } from '../config.js';
import { type AuditLine, appendAudit } from './audit-chain.js';
import { notifyChange } from './changes.js';
import { storeAnswer, takeKey } from './idempotency.js';
import type { Topic } from './topics.js';

export type { Topic } from './topics.js';

export interface AuditEntry {
  readonly event: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** Organisations whose people see this line in the object's timeline (the actor's own is always among them). */
  readonly visibleTo?: readonly string[];
  /** Short facts for people; never secrets, never another tenant's data. */
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * One business change: everything inside happens in one database transaction or not at all. `audit` and `notify` write
 * through the same transaction; notifications leave only when it commits.
 */
export interface Write {
  readonly manager: EntityManager;
  readonly actor: Actor;
  readonly now: Date;
  audit(entry: AuditEntry): Promise<void>;
  notify(topic: Topic, organisationIds: readonly string[], subjectId?: string): Promise<void>;
}

/** Postgres: serialization_failure, deadlock_detected. Both mean "nothing happened, try again". */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS_MAX = 5;
const RETRY_MS = 20;

/** The one way to change business data. */
@Injectable()
export class UnitOfWork {
  readonly #box: SecretBox;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.#box = new SecretBox(loadMasterKey(config), 'idempotent answers');
  }

  /** For stored answers that hold a secret. */
  get answerBox(): SecretBox {
    return this.#box;
  }

  /**
   * Runs `work` in one transaction. Inside a request with an Idempotency-Key the key is taken first and the answer
   * stored last in that same transaction, so that a key has one effect even over a crash. **What `work` returns is then
   * the answer's body**: the route's controller returns it unchanged (a route without a body ignores it).
   * `work` may run up to five times (deadlock, serialization failure), so it must not act outside the transaction.
   * Errors: whatever `work` throws; IDEMPOTENCY_KEY_REUSED.
   */
  async write<T>(actor: Actor, work: (write: Write) => Promise<T>): Promise<T> {
    const request = requestContext.getStore()?.idempotent;
    const keyed = request?.stored === undefined ? request : undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(actor, work, keyed);
      } catch (error) {
        if (attempt >= ATTEMPTS_MAX || !isRetryable(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt * (0.5 + Math.random())));
      }
    }
  }

  async #once<T>(actor: Actor, work: (write: Write) => Promise<T>, request: IdempotentRequest | undefined): Promise<T> {
    const now = this.clock.now();
    const { result, stored } = await this.dataSource.transaction('READ COMMITTED', async (manager) => {
      if (request) await takeKey(manager, request, this.#box);
      const lines: AuditLine[] = [];
      const result = await work({
        manager,
        actor,
        now,
        audit: async (entry) => void lines.push(lineOf(entry, actor, now)),
        notify: (topic, organisationIds, subjectId) => notifyChange(manager, topic, organisationIds, subjectId),
      });
      const stored = request && { status: request.status, body: bodyOf(request, result) };
      if (request && stored) await storeAnswer(manager, request, stored, this.#box);
      // Last, because it holds a lock that every write of the network takes.
      await appendAudit(manager, lines);
      return { result, stored };
    });
    if (request && stored) request.stored = stored;
    return result;
  }
}

/** What the client will be told, in the form of the route's schema: also the proof that the write returned it. */
function bodyOf(request: IdempotentRequest, result: unknown): unknown {
  if (request.answer === undefined) return undefined;
  const parsed = request.answer.safeParse(result);
  if (parsed.success) return parsed.data;
  throw new Error(`write() in ${request.operationId} must return the answer's body: ${z.prettifyError(parsed.error)}`);
}

function lineOf(entry: AuditEntry, actor: Actor, now: Date): AuditLine {
  return {
    occurredAt: now,
    event: entry.event,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    organisationId: actor.organisationId === '' ? undefined : actor.organisationId,
    userId: actor.userId === '' ? undefined : actor.userId,
    visibleTo: [...new Set([actor.organisationId, ...(entry.visibleTo ?? [])])].filter((id) => id !== ''),
    details: entry.details ?? {},
    correlationId: actor.correlationId,
  };
}

function isRetryable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && RETRYABLE.has(error.code);
}
