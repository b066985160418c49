import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors.js';
import { USER_ROLES, type UserRole } from '../../common/roles.js';
import { instantColumn } from '../../common/rows.js';
import { affected, firstRow, type Queryable } from '../../database/sql.js';
import { type IssuedLinkSchema, LINK_KINDS, type LinkSchema } from './identity.schemas.js';
import { hashToken, newToken } from './token.js';

export type IssuedLink = z.infer<typeof IssuedLinkSchema>;
export type LinkResponse = z.infer<typeof LinkSchema>;

/** How long a link works. A password reset is asked for and used in one sitting. */
const LIFETIME_HOURS = { INVITE: 7 * 24, ONBOARD: 14 * 24, RESET: 24 } as const;
const MS_PER_HOUR = 3_600_000;

export interface NewLink {
  readonly kind: (typeof LINK_KINDS)[number];
  readonly email: string;
  /** The organisation it leads into; for ONBOARD the one that invites. */
  readonly organisationId: string;
  readonly organisationName?: string;
  readonly userId?: string;
  readonly name?: string;
  readonly roles?: readonly UserRole[];
  readonly createdBy?: string;
}

const LinkRow = z.object({
  id: z.uuid(),
  kind: z.enum(LINK_KINDS),
  organisation_id: z.uuid(),
  inviter: z.string(),
  user_id: z.uuid().nullable(),
  organisation_name: z.string().nullable(),
  email: z.string(),
  name: z.string().nullable(),
  roles: z.array(z.enum(USER_ROLES)),
  expires_at: instantColumn,
});
export type LinkRow = z.infer<typeof LinkRow>;
const COLUMNS = `l.id, l.kind, l.organisation_id, o.name AS inviter, l.user_id, l.organisation_name, l.email, l.name, l.roles, l.expires_at`;

const Created = z.object({ id: z.uuid() });

/** Links that let somebody in once. The token is in the link and nowhere else. */
@Injectable()
export class LinksService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Makes a link; `origin` is where the browser of the person who asked is. */
  async issue(db: Queryable, link: NewLink, origin: string): Promise<IssuedLink> {
    const token = newToken();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + LIFETIME_HOURS[link.kind] * MS_PER_HOUR);
    const created = await firstRow(
      db,
      Created,
      `INSERT INTO app.link (kind, token_hash, organisation_id, user_id, organisation_name, email, name, roles, created_by,
         expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
      [
        link.kind,
        hashToken(token),
        link.organisationId,
        link.userId ?? null,
        link.organisationName ?? null,
        link.email,
        link.name ?? null,
        link.roles ?? [],
        link.createdBy ?? null,
        expiresAt,
        now,
      ],
    );
    if (!created) throw new Error('the link was not stored');
    const url = `${origin}/links/${token}`;
    return { id: created.id, kind: link.kind, url, token, email: link.email, expiresAt: expiresAt.toISOString() };
  }

  /** The living link behind a token. Errors: LINK_INVALID for one that was used, is over, or never was. */
  async find(token: string): Promise<LinkRow> {
    const hash = hashToken(token);
    const link =
      hash &&
      (await firstRow(
        this.dataSource,
        LinkRow,
        `SELECT ${COLUMNS} FROM app.link l JOIN app.organisation o ON o.id = l.organisation_id
         WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2`,
        [hash, this.clock.now()],
      ));
    if (!link) throw new DomainError('LINK_INVALID');
    return link;
  }

  /** Uses the link up inside the caller's transaction: of two at once, one gets LINK_INVALID. */
  async consume(db: Queryable, link: LinkRow): Promise<void> {
    const now = this.clock.now();
    const sql = 'UPDATE app.link SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2';
    if ((await affected(db, sql, [link.id, now])) !== 1) throw new DomainError('LINK_INVALID');
  }

  toResponse(link: LinkRow): LinkResponse {
    return {
      kind: link.kind,
      email: link.email,
      invitedBy: link.inviter,
      ...(link.kind === 'ONBOARD' ? {} : { organisationName: link.inviter }),
      ...(link.kind === 'ONBOARD' && link.organisation_name !== null
        ? { organisationName: link.organisation_name }
        : {}),
      expiresAt: link.expires_at.toISOString(),
    };
  }
}
