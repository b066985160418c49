import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import type { Currency } from '../../common/money.js';
import { currencyColumn, minorColumn } from '../../common/rows.js';
import { guard } from '../../database/locks.js';
import { firstRow, type Queryable, rows } from '../../database/sql.js';
import type { Write } from '../../database/unit-of-work.js';
import { availableLimit } from './credit.js';
import type { CreditLimitListSchema } from './credit.schemas.js';

type CreditLimit = z.infer<typeof CreditLimitListSchema>['items'][number];

const FiguresRow = z.object({ limit: minorColumn, utilised: minorColumn, blocked: minorColumn });
const LimitRow = FiguresRow.extend({
  obligor_group: z.string(),
  buyers: z.array(z.string()),
  currency: currencyColumn,
});

/** $1 bank organisation, $2 bank member, $3 now. Sums over cash assets of one currency, as limits are kept on a currency. */
const FIGURES = (group: string, currency: string) => `
  coalesce((SELECT sum(l.amount) FROM register.credit_limit l JOIN register.cash_asset a USING (cash_asset)
    WHERE l.bank_member = $2 AND l.obligor_group = ${group} AND a.currency = ${currency}), 0) AS "limit",
  coalesce((SELECT sum(c.units) FROM register.carried c JOIN register.cash_asset a USING (cash_asset)
    WHERE c.bank_member = $2 AND c.obligor_group = ${group} AND a.currency = ${currency}), 0) AS utilised,
  coalesce((SELECT sum(r.units) FROM app.limit_reservation r
    WHERE r.bank_id = $1 AND r.obligor_group_id = ${group} AND r.currency = ${currency} AND r.live_until > $3), 0) AS blocked`;

/** Every group and currency in which the bank has set a limit or carries something. */
export async function listLimits(db: Queryable, actor: Actor, now: Date): Promise<CreditLimit[]> {
  const found = await rows(
    db,
    LimitRow,
    `SELECT g.name AS obligor_group, k.currency,
       coalesce((SELECT array_agg(o.name ORDER BY o.name) FROM app.organisation o
         WHERE o.obligor_group_id = g.id AND 'BUYER' = ANY (o.roles)), '{}') AS buyers,
       ${FIGURES('g.id', 'k.currency')}
     FROM (
       SELECT l.obligor_group, a.currency FROM register.credit_limit l JOIN register.cash_asset a USING (cash_asset)
         WHERE l.bank_member = $2
       UNION
       SELECT c.obligor_group, a.currency FROM register.carried c JOIN register.cash_asset a USING (cash_asset)
         WHERE c.bank_member = $2 AND c.units > 0) k
     JOIN app.obligor_group g ON g.id = k.obligor_group
     ORDER BY g.name, k.currency`,
    [actor.organisationId, actor.memberId, now],
  );
  return found.map((row) => ({
    obligorGroup: row.obligor_group,
    buyers: row.buyers,
    currency: row.currency,
    limit: row.limit.toString(),
    utilised: row.utilised.toString(),
    blocked: row.blocked.toString(),
    available: availableLimit(row).toString(),
  }));
}

/**
 * Makes sure that the actor's bank has `units` of its limit free, and keeps its other people from promising the same
 * room until this write ends; what is blocked must be stored in this write. Errors: LIMIT_EXCEEDED.
 */
export async function requireLimit(
  write: Write,
  obligorGroup: number,
  currency: Currency,
  units: bigint,
): Promise<void> {
  const { manager, actor, now } = write;
  await guard(manager, 'limit', actor.organisationId, obligorGroup, currency);
  const figures = await firstRow(manager, FiguresRow, `SELECT ${FIGURES('$4::bigint', '$5')}`, [
    actor.organisationId,
    actor.memberId,
    now,
    obligorGroup,
    currency,
  ]);
  const available = figures ? availableLimit(figures) : 0n;
  if (units > available)
    throw new DomainError('LIMIT_EXCEEDED', { needed: `${units}`, available: `${available}`, currency });
}

const GroupRow = z.object({ name: z.string(), buyers: z.array(z.string()) });

export function listGroups(db: Queryable): Promise<z.output<typeof GroupRow>[]> {
  return rows(
    db,
    GroupRow,
    `SELECT g.name, array_agg(o.name ORDER BY o.name) AS buyers FROM app.obligor_group g
     JOIN app.organisation o ON o.obligor_group_id = g.id
     WHERE 'BUYER' = ANY (o.roles) AND o.state IN ('ADMITTED', 'SUSPENDED') GROUP BY g.id, g.name ORDER BY g.name`,
  );
}

const GroupIdRow = z.object({ id: z.string().transform(Number) });

/** Errors: ORGANISATION_UNKNOWN where no admitted buyer belongs to a group of that name. */
export async function findGroup(db: Queryable, name: string): Promise<number> {
  const row = await firstRow(
    db,
    GroupIdRow,
    `SELECT g.id::text FROM app.obligor_group g WHERE g.name = $1 AND EXISTS (
       SELECT FROM app.organisation o WHERE o.obligor_group_id = g.id AND o.state IN ('ADMITTED', 'SUSPENDED'))`,
    [name],
  );
  if (!row) throw new DomainError('ORGANISATION_UNKNOWN', { obligorGroup: name });
  return row.id;
}
