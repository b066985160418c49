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

/**
 * What the platform does by itself: expiry, seeding, an application that nobody signed in for. It acts for no
 * organisation, unless one is named, and its lines in the trail name no person.
 */
export function systemActor(
  now: Date,
  correlationId: string,
  organisation?: { readonly id: string; readonly name: string },
): Actor {
  return {
    userId: '',
    userName: 'Headwater',
    userRoles: [],
    organisationId: organisation?.id ?? '',
    organisationName: organisation?.name ?? 'Headwater',
    memberId: 0,
    memberRoles: [],
    admitted: false,
    authenticatedAt: now,
    correlationId,
  };
}
