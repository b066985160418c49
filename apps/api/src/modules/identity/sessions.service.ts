import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors.js';
import { instantColumn } from '../../common/rows.js';
import { affected, firstRow, type Queryable } from '../../database/sql.js';
import {
  ORGANISATION_COLUMNS,
  ORGANISATION_FROM,
  OrganisationRow,
  toOrganisationResponse,
} from '../members/organisation.js';
import type { SessionSchema } from './identity.schemas.js';
import { decoyHash, verifyPassword } from './password.js';
import { Throttle } from './throttle.js';
import { hashToken, newToken } from './token.js';
import { toUserResponse, USER_COLUMNS, UserRow } from './user.js';

export type SessionResponse = z.infer<typeof SessionSchema>;

/** A session that was just opened: the token goes into the cookie, nowhere else. */
export interface OpenedSession {
  readonly token: string;
  readonly session: SessionResponse;
}

/** A working day; after it the person proves again who they are. Measured by the wall clock, whatever the demo clock says. */
export const SESSION_SECONDS = 12 * 3600;

/** Failed sign-ins are counted over so long. */
const WINDOW_MS = 15 * 60_000;

const Opened = z.object({ expires_at: instantColumn });
const Credentials = UserRow.extend({ password_hash: z.string() });
const Seen = z.object({
  user: UserRow,
  organisation: OrganisationRow,
  authenticated_at: instantColumn,
  expires_at: instantColumn,
});
type Seen = z.infer<typeof Seen>;

/** Who is signed in. The one place that reads and writes app.session. */
@Injectable()
export class SessionsService {
  /** Per person and place, so that a stranger's few guesses do not lock the owner out of another place. */
  readonly #byPlace = new Throttle({ failuresMax: 10, windowMs: WINDOW_MS });
  readonly #byAddress = new Throttle({ failuresMax: 60, windowMs: WINDOW_MS });
  /** Per person wherever it comes from: guessing from very many places is slow as well. */
  readonly #byAccount = new Throttle({ failuresMax: 100, windowMs: WINDOW_MS });

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    // Made now, so that not even the first unknown address takes longer than a known one.
    decoyHash().catch(() => undefined);
  }

  /**
   * Opens a session for an e-mail address and password. Whether the address is known cannot be told from the answer or
   * from its time. Errors: SIGN_IN_FAILED, TOO_MANY_REQUESTS.
   */
  async signIn(email: string, password: string, address: string): Promise<OpenedSession> {
    const counted = [
      [this.#byPlace, `${email} ${address}`],
      [this.#byAddress, address],
      [this.#byAccount, email],
    ] as const;
    for (const [throttle, key] of counted) throttle.assertOpen(key);
    for (const [throttle, key] of counted) throttle.count(key);
    const found = await firstRow(
      this.dataSource,
      Credentials,
      `SELECT ${USER_COLUMNS}, u.password_hash FROM app.app_user u WHERE u.email = $1 AND u.removed_at IS NULL`,
      [email],
    );
    const matches = await verifyPassword(password, found?.password_hash ?? (await decoyHash()));
    if (!found || !matches) throw new DomainError('SIGN_IN_FAILED');
    for (const [throttle, key] of counted) throttle.giveBack(key);
    await this.dataSource.query('DELETE FROM app.session WHERE expires_at <= now()');
    return this.open(this.dataSource, found.id);
  }

  /** Opens a session without asking again; the caller has just checked the person (a link, a new password). */
  async open(db: Queryable, userId: string): Promise<OpenedSession> {
    const token = newToken();
    const hash = hashToken(token);
    await firstRow(
      db,
      Opened,
      `INSERT INTO app.session (token_hash, user_id, authenticated_at, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4)) RETURNING expires_at`,
      [hash, userId, this.clock.now(), SESSION_SECONDS],
    );
    await db.query('UPDATE app.app_user SET last_seen_at = $2 WHERE id = $1', [userId, this.clock.now()]);
    const seen = hash && (await readSeen(db, hash));
    if (!seen) throw new DomainError('SIGNED_OUT');
    return { token, session: toSessionResponse(seen) };
  }

  /** The person behind a token, or undefined. */
  async actorOf(token: string, correlationId: string): Promise<{ actor: Actor; hash: Buffer } | undefined> {
    const hash = hashToken(token);
    const seen = hash && (await readSeen(this.dataSource, hash));
    return seen && { actor: toActor(seen, correlationId), hash };
  }

  async describe(hash: Buffer): Promise<SessionResponse> {
    const seen = await readSeen(this.dataSource, hash);
    if (!seen) throw new DomainError('SIGNED_OUT');
    return toSessionResponse(seen);
  }

  async isOpen(hash: Buffer): Promise<boolean> {
    return (await readSeen(this.dataSource, hash)) !== undefined;
  }

  async close(hash: Buffer): Promise<void> {
    await this.dataSource.query('DELETE FROM app.session WHERE token_hash = $1', [hash]);
  }

  /** Ends every session of a person, or every one but `except`; returns how many. */
  async closeAll(db: Queryable, userId: string, except?: Buffer): Promise<number> {
    return affected(db, 'DELETE FROM app.session WHERE user_id = $1 AND ($2::bytea IS NULL OR token_hash <> $2)', [
      userId,
      except ?? null,
    ]);
  }
}

async function readSeen(db: Queryable, hash: Buffer): Promise<Seen | undefined> {
  const raw = await firstRow(
    db,
    z.record(z.string(), z.unknown()),
    `SELECT s.authenticated_at, s.expires_at, u.id AS user_id, u.organisation_id, u.email, u.name AS user_name,
       u.roles AS user_roles, u.created_at AS user_created_at, u.last_seen_at, ${ORGANISATION_COLUMNS}
     FROM app.session s JOIN app.app_user u ON u.id = s.user_id AND u.removed_at IS NULL
     JOIN ${ORGANISATION_FROM} ON o.id = u.organisation_id
     WHERE s.token_hash = $1 AND s.expires_at > now()`,
    [hash],
  );
  if (!raw) return undefined;
  const user = {
    id: raw.user_id,
    organisation_id: raw.organisation_id,
    email: raw.email,
    name: raw.user_name,
    roles: raw.user_roles,
    created_at: raw.user_created_at,
    last_seen_at: raw.last_seen_at,
  };
  return Seen.parse({ user, organisation: raw, authenticated_at: raw.authenticated_at, expires_at: raw.expires_at });
}

function toSessionResponse(seen: Seen): SessionResponse {
  return {
    user: toUserResponse(seen.user),
    organisation: toOrganisationResponse(seen.organisation),
    expiresAt: seen.expires_at.toISOString(),
  };
}

function toActor(seen: Seen, correlationId: string): Actor {
  return {
    userId: seen.user.id,
    userName: seen.user.name,
    userRoles: seen.user.roles,
    organisationId: seen.organisation.id,
    organisationName: seen.organisation.name,
    memberId: seen.organisation.member_id,
    memberRoles: seen.organisation.roles,
    admitted: seen.organisation.state === 'ADMITTED',
    authenticatedAt: seen.authenticated_at,
    correlationId,
  };
}
