import type { EntityManager } from 'typeorm';
import type { Actor } from '../common/actor.js';

/** What browsers are told to look at again. Matches the event names of GET /events. */
export type Topic = 'invoices' | 'payables' | 'holdings' | 'transfers' | 'financing' | 'credit' | 'cash' | 'operations' | 'members' | 'colleagues';

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
