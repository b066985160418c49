import { z } from 'zod';
import type { Queryable } from './sql.js';
import { TOPICS, type Topic } from './topics.js';

/** The Postgres channel on which every process hears what changed. */
export const CHANGE_CHANNEL = 'headwater_changes';

/** Postgres refuses payloads of 8000 bytes; an organisation id takes 39 of them. */
const ORGANISATIONS_PER_MESSAGE = 150;

export const ChangeSchema = z.object({
  topic: z.enum(TOPICS),
  organisations: z.array(z.string()),
  id: z.string().optional(),
});
export type Change = z.infer<typeof ChangeSchema>;

/**
 * Tells the browsers of these organisations to look again. Runs inside the caller's transaction: Postgres sends it only
 * when that commits, and never when it rolls back. It carries no data, only where to look.
 */
export async function notifyChange(
  db: Queryable,
  topic: Topic,
  organisationIds: readonly string[],
  subjectId?: string,
): Promise<void> {
  const organisations = [...new Set(organisationIds)];
  if (topic === 'clock')
    return void (await db.query('SELECT pg_notify($1, $2)', [CHANGE_CHANNEL, '{"topic":"clock","organisations":[]}']));
  for (let start = 0; start < organisations.length; start += ORGANISATIONS_PER_MESSAGE) {
    const change: Change = {
      topic,
      organisations: organisations.slice(start, start + ORGANISATIONS_PER_MESSAGE),
      ...(subjectId === undefined ? {} : { id: subjectId }),
    };
    await db.query('SELECT pg_notify($1, $2)', [CHANGE_CHANNEL, JSON.stringify(change)]);
  }
}
