import { createHash } from 'node:crypto';
import { z } from 'zod';
import { firstRow, type Queryable } from './sql.js';

/** Taken last in a transaction, so that the lines of the trail form one chain without holding up other work. */
const AUDIT_LOCK = 7_214_003;

/** What the first line refers back to. */
export const GENESIS_HASH = Buffer.alloc(32);

/** One line of the trail as it is hashed and stored. */
export interface AuditLine {
  readonly occurredAt: Date;
  readonly event: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly organisationId: string | undefined;
  readonly userId: string | undefined;
  readonly visibleTo: readonly string[];
  readonly details: Readonly<Record<string, string>>;
  readonly correlationId: string | undefined;
}

const Hash = z.object({ hash: z.instanceof(Buffer) });

/**
 * Adds lines to the trail inside the caller's transaction. Each line's hash covers its own content and the hash before
 * it, so a line that is changed, removed or slipped in later breaks every hash behind it.
 */
export async function appendAudit(db: Queryable, lines: readonly AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  await db.query('SELECT pg_advisory_xact_lock($1)', [AUDIT_LOCK]);
  const last = await firstRow(db, Hash, 'SELECT hash FROM ops.audit ORDER BY id DESC LIMIT 1');
  let previous = last?.hash ?? GENESIS_HASH;
  for (const line of lines) {
    const hash = hashLine(previous, line);
    await db.query(
      `INSERT INTO ops.audit (occurred_at, event, subject_type, subject_id, organisation_id, user_id, visible_to,
         details, correlation_id, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        line.occurredAt,
        line.event,
        line.subjectType,
        line.subjectId,
        line.organisationId ?? null,
        line.userId ?? null,
        line.visibleTo,
        JSON.stringify(line.details),
        line.correlationId ?? null,
        previous,
        hash,
      ],
    );
    previous = hash;
  }
}

/** SHA-256 over the previous hash and the line written in one fixed way: fields in order, detail keys sorted. */
export function hashLine(previous: Buffer, line: AuditLine): Buffer {
  const details = Object.entries(line.details).sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = JSON.stringify([
    line.occurredAt.toISOString(),
    line.event,
    line.subjectType,
    line.subjectId,
    line.organisationId ?? null,
    line.userId ?? null,
    line.visibleTo,
    details,
    line.correlationId ?? null,
  ]);
  return createHash('sha256').update(previous).update(canonical).digest();
}
