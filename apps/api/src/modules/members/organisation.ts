import { z } from 'zod';
import { MEMBER_ROLES } from '../../common/roles.js';
import { instantColumn } from '../../common/rows.js';
import { ORGANISATION_STATES, type OrganisationSchema } from './members.schemas.js';

export type OrganisationResponse = z.infer<typeof OrganisationSchema>;

/** Columns of an organisation for `OrganisationRow`; the table is to be called `o`, its obligor group `g`. */
export const ORGANISATION_COLUMNS = `o.id, o.member_id, o.name, o.registry_number, o.country, o.roles, o.state,
  g.name AS obligor_group, o.account_holder, o.account_number, o.created_at`;
export const ORGANISATION_FROM = 'app.organisation o LEFT JOIN app.obligor_group g ON g.id = o.obligor_group_id';

export const OrganisationRow = z.object({
  id: z.uuid(),
  member_id: z.int(),
  name: z.string(),
  registry_number: z.string(),
  country: z.string(),
  roles: z.array(z.enum(MEMBER_ROLES)),
  state: z.enum(ORGANISATION_STATES),
  obligor_group: z.string().nullable(),
  account_holder: z.string().nullable(),
  account_number: z.string().nullable(),
  created_at: instantColumn,
});
export type OrganisationRow = z.infer<typeof OrganisationRow>;

export function toOrganisationResponse(row: OrganisationRow): OrganisationResponse {
  return {
    id: row.id,
    name: row.name,
    registryNumber: row.registry_number,
    country: row.country,
    roles: row.roles,
    state: row.state,
    ...(row.obligor_group === null ? {} : { obligorGroup: row.obligor_group }),
    ...(row.account_holder === null || row.account_number === null
      ? {}
      : { account: { holder: row.account_holder, number: row.account_number } }),
    createdAt: row.created_at.toISOString(),
  };
}
