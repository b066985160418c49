import { z } from 'zod';
import { USER_ROLES } from '../../common/roles.js';
import { IdSchema, InstantSchema, shortText } from '../../common/schemas.js';
import { OrganisationSchema } from '../members/members.schemas.js';
import { EmailSchema, PasswordSchema } from '../members/people.schemas.js';

export const UserRoleSchema = z.enum(USER_ROLES).meta({ id: 'UserRole' });

export const UserSchema = z
  .object({
    id: IdSchema,
    name: z.string(),
    email: z.string(),
    roles: z.array(UserRoleSchema),
    createdAt: InstantSchema,
    lastSeenAt: InstantSchema.optional(),
  })
  .meta({ id: 'User' });

export const SessionSchema = z
  .object({ user: UserSchema, organisation: OrganisationSchema, expiresAt: InstantSchema })
  .meta({ id: 'Session' });

export const SignInSchema = z.strictObject({ email: EmailSchema, password: PasswordSchema }).meta({ id: 'SignIn' });

export const ChangePasswordSchema = z
  .strictObject({ current: PasswordSchema, next: PasswordSchema })
  .meta({ id: 'ChangePassword' });

/** A link that lets somebody in once: INVITE a colleague, RESET a password, ONBOARD a new organisation. */
export const LINK_KINDS = ['INVITE', 'RESET', 'ONBOARD'] as const;

/** Shown exactly once, to the person who made it; only its hash is stored. */
export const IssuedLinkSchema = z
  .object({
    id: IdSchema,
    kind: z.enum(LINK_KINDS),
    url: z.string(),
    token: z.string(),
    email: z.string(),
    expiresAt: InstantSchema,
  })
  .meta({ id: 'IssuedLink' });

export const LinkSchema = z
  .object({
    kind: z.enum(LINK_KINDS),
    email: z.string(),
    organisationName: z.string().optional(),
    invitedBy: z.string().optional(),
    expiresAt: InstantSchema,
  })
  .meta({ id: 'Link' });

export const AcceptLinkSchema = z
  .strictObject({ name: shortText(120).optional(), password: PasswordSchema })
  .meta({ id: 'AcceptLink', description: 'For INVITE and RESET links; signs in on success' });

export const InviteColleagueSchema = z
  .strictObject({ email: EmailSchema, roles: z.array(UserRoleSchema).min(1).max(5) })
  .meta({ id: 'InviteColleague' });

export const ChangeRolesSchema = z
  .strictObject({ roles: z.array(UserRoleSchema).min(1).max(5) })
  .meta({ id: 'ChangeRoles' });

export const ColleaguesSchema = z
  .object({
    items: z.array(UserSchema),
    invitations: z.array(
      z.object({ id: IdSchema, email: z.string(), roles: z.array(UserRoleSchema), expiresAt: InstantSchema }),
    ),
  })
  .meta({ id: 'Colleagues' });

/** Answer to the operator who brought in an organisation: hand `link` to its first administrator. */
export const CreatedOrganisationSchema = z
  .object({ organisation: OrganisationSchema, link: IssuedLinkSchema })
  .meta({ id: 'CreatedOrganisation' });
