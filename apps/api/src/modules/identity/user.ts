import { z } from 'zod';
import { USER_ROLES } from '../../common/roles.js';
import { instantColumn } from '../../common/rows.js';
import type { UserSchema } from './identity.schemas.js';

export type UserResponse = z.infer<typeof UserSchema>;

/** Columns of a person for `UserRow`; the table is to be called `u`. */
export const USER_COLUMNS = 'u.id, u.organisation_id, u.email, u.name, u.roles, u.created_at, u.last_seen_at';

export const UserRow = z.object({
  id: z.uuid(),
  organisation_id: z.uuid(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.enum(USER_ROLES)),
  created_at: instantColumn,
  last_seen_at: instantColumn.nullable(),
});
export type UserRow = z.infer<typeof UserRow>;

export function toUserResponse(row: UserRow): UserResponse {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    roles: row.roles,
    createdAt: row.created_at.toISOString(),
    ...(row.last_seen_at === null ? {} : { lastSeenAt: row.last_seen_at.toISOString() }),
  };
}
