import { SetMetadata } from '@nestjs/common';
import type { MemberRole, UserRole } from '../roles.js';

/** Who may use a route. A route without @Access does not start: nothing is open by forgetting. */
export interface AccessRule {
  /** The organisation has one of these roles, and is admitted (a role counts only after admission). */
  readonly member?: readonly MemberRole[];
  /** The person has one of these roles inside the organisation. */
  readonly user?: readonly UserRole[];
  /** The organisation is admitted, whatever its role. Implied by `member`. */
  readonly admitted?: true;
  /** No sign-in needed. */
  readonly public?: true;
}

export const ACCESS_METADATA = 'headwater:access';

/** `@Access({})` = anybody who is signed in. All named conditions must hold. */
export const Access = (rule: AccessRule) => SetMetadata(ACCESS_METADATA, rule);

export const WITHOUT_KEY_METADATA = 'headwater:without-idempotency-key';

/**
 * A POST that needs no Idempotency-Key: it changes no business data (a price preview), or it may not be stored because
 * it carries a password. Everything else must have one.
 */
export const WithoutIdempotencyKey = () => SetMetadata(WITHOUT_KEY_METADATA, true);
