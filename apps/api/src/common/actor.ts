import type { MemberRole, UserRole } from './roles.js';

/** Who is asking: a person, always inside one organisation. Built by the sign-in guard, passed down explicitly. */
export interface Actor {
  readonly userId: string;
  readonly userName: string;
  readonly userRoles: readonly UserRole[];
  readonly organisationId: string;
  readonly organisationName: string;
  /** The organisation's number on the register. */
  readonly memberId: number;
  readonly memberRoles: readonly MemberRole[];
  readonly admitted: boolean;
  /** When the person last proved who they are (password); goes into confirmation evidence. */
  readonly authenticatedAt: Date;
  readonly correlationId: string;
}
