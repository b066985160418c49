import { z } from 'zod';
import { MEMBER_ROLES } from '../../common/roles.js';
import { DaySchema, IdSchema, InstantSchema, PageQuerySchema, pageOf, shortText } from '../../common/schemas.js';
import { EmailSchema, PasswordSchema } from './people.schemas.js';

export const MemberRoleSchema = z.enum(MEMBER_ROLES).meta({ id: 'MemberRole' });

/** APPLIED: came by an invitation link. ADMITTING: the register is being told. ADMITTED: takes part. SUSPENDED: may pay and be paid, nothing else. */
export const ORGANISATION_STATES = ['APPLIED', 'ADMITTING', 'ADMITTED', 'SUSPENDED', 'REFUSED'] as const;

export const OrganisationSchema = z
  .object({
    id: IdSchema,
    name: z.string(),
    registryNumber: z.string().meta({ description: 'National registry number, e.g. the USCC in China' }),
    country: z.string().meta({ description: 'ISO 3166-1 alpha-2' }),
    roles: z.array(MemberRoleSchema),
    state: z.enum(ORGANISATION_STATES),
    obligorGroup: z.string().optional().meta({ description: 'Name of the group whose credit is one risk' }),
    account: z.object({ holder: z.string(), number: z.string() }).optional(),
    createdAt: InstantSchema,
  })
  .meta({ id: 'Organisation' });

const registryNumber = z
  .string()
  .trim()
  .min(3)
  .max(40)
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ./-]*$/);
const accountNumber = z
  .string()
  .trim()
  .min(5)
  .max(40)
  .regex(/^[A-Za-z0-9 -]+$/);
export const AccountSchema = z
  .strictObject({ holder: shortText(140), number: accountNumber })
  .meta({ id: 'BankAccount' });

/** The operator brings in an organisation together with its first administrator, who gets a link. */
export const CreateOrganisationSchema = z
  .strictObject({
    name: shortText(140),
    registryNumber,
    country: z.string().regex(/^[A-Z]{2}$/),
    roles: z.array(MemberRoleSchema).min(1),
    obligorGroup: shortText(80).optional().meta({ description: 'Buyers only; default: a group of its own' }),
    account: AccountSchema.optional(),
    administrator: z.strictObject({ email: EmailSchema, name: shortText(120) }),
  })
  .meta({ id: 'CreateOrganisation' });

/** What a newcomer fills in behind an ONBOARD link. Always applies as SUPPLIER; the operator decides. */
export const ApplySchema = z
  .strictObject({
    name: shortText(140),
    registryNumber,
    country: z.string().regex(/^[A-Z]{2}$/),
    account: AccountSchema,
    administrator: z.strictObject({ name: shortText(120), password: PasswordSchema }),
  })
  .meta({ id: 'Application' });

export const InviteOrganisationSchema = z
  .strictObject({ organisationName: shortText(140), email: EmailSchema })
  .meta({ id: 'InviteOrganisation' });

export const AdmitSchema = z
  .strictObject({ validUntil: DaySchema.optional().meta({ description: 'Default: five years from today' }) })
  .meta({ id: 'Admit' });

export const DirectoryQuerySchema = PageQuerySchema.extend({
  q: z.string().trim().max(100).optional(),
  role: MemberRoleSchema.optional(),
});

export const DirectoryEntrySchema = z
  .object({
    id: IdSchema,
    name: z.string(),
    registryNumber: z.string(),
    country: z.string(),
    roles: z.array(MemberRoleSchema),
  })
  .meta({ id: 'DirectoryEntry' });
export const DirectoryPageSchema = pageOf(DirectoryEntrySchema, 'DirectoryPage');

export const OrganisationQuerySchema = PageQuerySchema.extend({ state: z.enum(ORGANISATION_STATES).optional() });
export const OrganisationPageSchema = pageOf(OrganisationSchema, 'OrganisationPage');
