import { z } from 'zod';
import { MEMBER_ROLES } from '../common/roles.js';
import { firstRow, type Queryable } from './sql.js';

/** What business rules need to know of an organisation; the `members` module owns the table. */
const OrganisationFactsRow = z
  .object({
    id: z.uuid(),
    member_id: z.int(),
    name: z.string(),
    registry_number: z.string(),
    country: z.string(),
    roles: z.array(z.enum(MEMBER_ROLES)),
    state: z.string(),
    obligor_group_id: z.string().nullable(),
    account_holder: z.string().nullable(),
    account_number: z.string().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    memberId: row.member_id,
    name: row.name,
    registryNumber: row.registry_number,
    country: row.country,
    roles: row.roles,
    admitted: row.state === 'ADMITTED',
    obligorGroup: row.obligor_group_id === null ? undefined : Number(row.obligor_group_id),
    account:
      row.account_holder !== null && row.account_number !== null
        ? { holder: row.account_holder, number: row.account_number }
        : undefined,
  }));
export type OrganisationFacts = z.output<typeof OrganisationFactsRow>;

export const ORGANISATION_FACTS = `id, member_id, name, registry_number, country, roles, state, obligor_group_id::text,
  account_holder, account_number`;

export function organisationById(db: Queryable, id: string): Promise<OrganisationFacts | undefined> {
  return firstRow(db, OrganisationFactsRow, `SELECT ${ORGANISATION_FACTS} FROM app.organisation WHERE id = $1`, [id]);
}

export function organisationOfMember(db: Queryable, memberId: number): Promise<OrganisationFacts | undefined> {
  return firstRow(db, OrganisationFactsRow, `SELECT ${ORGANISATION_FACTS} FROM app.organisation WHERE member_id = $1`, [
    memberId,
  ]);
}

/** One that must exist because a row refers to it. */
export async function organisationOf(db: Queryable, id: string): Promise<OrganisationFacts> {
  const found = await organisationById(db, id);
  if (!found) throw new Error(`organisation ${id} is referred to but missing`);
  return found;
}

/** SQL for an organisation as the other side sees it; parse with `partyColumn`. */
export const party = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'registryNumber', ${alias}.registry_number)`;
