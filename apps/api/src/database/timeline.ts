import { z } from 'zod';
import type { Actor } from '../common/actor.js';
import { instantColumn } from '../common/rows.js';
import type { TimelineEntrySchema } from '../common/schemas.js';
import { appendAudit } from './audit-chain.js';
import { notifyChange } from './changes.js';
import { type Queryable, rows } from './sql.js';
import type { Topic } from './topics.js';

export type TimelineEntry = z.infer<typeof TimelineEntrySchema>;

const TimelineRow = z
  .object({
    event: z.string(),
    occurred_at: instantColumn,
    organisation: z.string().nullable(),
    person: z.string().nullable(),
    details: z.record(z.string(), z.string()),
  })
  .transform(
    (row): TimelineEntry => ({
      event: row.event,
      occurredAt: row.occurred_at.toISOString(),
      ...(row.organisation === null ? {} : { organisation: row.organisation }),
      ...(row.person === null ? {} : { person: row.person }),
      details: row.details,
    }),
  );

/** No object has a longer history than people would scroll through. */
const ENTRIES_MAX = 200;

/** What happened to an object, as far as the reader's organisation may see it. Other organisations' people stay unnamed. */
export function timelineOf(db: Queryable, actor: Actor, subjectId: string): Promise<TimelineEntry[]> {
  return rows(
    db,
    TimelineRow,
    `SELECT a.event, a.occurred_at, o.name AS organisation,
       CASE WHEN a.organisation_id = $2 THEN u.name END AS person, a.details
     FROM ops.audit a
     LEFT JOIN app.organisation o ON o.id = a.organisation_id
     LEFT JOIN app.app_user u ON u.id = a.user_id
     WHERE a.subject_id = $1 AND ($2 = ANY (a.visible_to) OR $3)
     ORDER BY a.id LIMIT ${ENTRIES_MAX}`,
    [subjectId, actor.organisationId, seesEverything(actor)],
  );
}

/** The operator runs the network and the supervisor watches it: both see every object. */
export function seesEverything(actor: Actor): boolean {
  return actor.admitted && actor.memberRoles.some((role) => role === 'OPERATOR' || role === 'SUPERVISOR');
}

export interface EffectNote {
  readonly event: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly organisationIds: readonly string[];
  readonly topics: readonly Topic[];
  readonly details?: Readonly<Record<string, string>>;
}

/** What an operation's effect leaves in the object's history, and whom it tells. Nobody did it: the register answered. */
export async function noteEffect(db: Queryable, occurredAt: Date, note: EffectNote): Promise<void> {
  for (const topic of note.topics) await notifyChange(db, topic, note.organisationIds, note.subjectId);
  await appendAudit(db, [
    {
      occurredAt,
      event: note.event,
      subjectType: note.subjectType,
      subjectId: note.subjectId,
      organisationId: undefined,
      userId: undefined,
      visibleTo: [...new Set(note.organisationIds)],
      details: note.details ?? {},
      correlationId: undefined,
    },
  ]);
}
