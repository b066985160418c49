import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors.js';
import { USER_ROLES, type UserRole } from '../../common/roles.js';
import { instantColumn } from '../../common/rows.js';
import { isUniqueViolation } from '../../database/postgres-errors.js';
import { affected, firstRow, rows } from '../../database/sql.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import type { ColleaguesSchema } from './identity.schemas.js';
import { type IssuedLink, LinksService } from './links.service.js';
import { SessionsService } from './sessions.service.js';
import { toUserResponse, USER_COLUMNS, type UserResponse, UserRow } from './user.js';

export interface NewUser {
  readonly organisationId: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly UserRole[];
  readonly passwordHash: string;
}

const Id = z.object({ id: z.uuid() });
const Invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  roles: z.array(z.enum(USER_ROLES)),
  expires_at: instantColumn,
});

/** The people of an organisation. Every method works inside the actor's own organisation only. */
@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly links: LinksService,
    private readonly sessions: SessionsService,
  ) {}

  /** Adds a person. Errors: EMAIL_TAKEN. */
  async create(write: Pick<Write, 'manager' | 'now' | 'audit' | 'notify'>, user: NewUser): Promise<string> {
    try {
      const created = await firstRow(
        write.manager,
        Id,
        `INSERT INTO app.app_user (organisation_id, email, name, password_hash, roles, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
        [user.organisationId, user.email, user.name, user.passwordHash, [...new Set(user.roles)], write.now],
      );
      if (!created) throw new Error('the user was not stored');
      await write.audit({
        event: 'colleague.joined',
        subjectType: 'user',
        subjectId: created.id,
        visibleTo: [user.organisationId],
      });
      await write.notify('colleagues', [user.organisationId]);
      return created.id;
    } catch (error) {
      if (isUniqueViolation(error, 'app_user_email')) throw new DomainError('EMAIL_TAKEN');
      throw error;
    }
  }

  async list(actor: Actor): Promise<z.infer<typeof ColleaguesSchema>> {
    const people = await rows(
      this.dataSource,
      UserRow,
      `SELECT ${USER_COLUMNS} FROM app.app_user u WHERE u.organisation_id = $1 AND u.removed_at IS NULL ORDER BY u.name, u.id LIMIT 500`,
      [actor.organisationId],
    );
    const invitations = await rows(
      this.dataSource,
      Invitation,
      `SELECT id, email, roles, expires_at FROM app.link
       WHERE organisation_id = $1 AND kind = 'INVITE' AND used_at IS NULL AND expires_at > $2 ORDER BY id DESC LIMIT 500`,
      [actor.organisationId, this.clock.now()],
    );
    return {
      items: people.map(toUserResponse),
      invitations: invitations.map(({ expires_at, ...kept }) => ({ ...kept, expiresAt: expires_at.toISOString() })),
    };
  }

  /**
   * A link for a new colleague; an older one to the same address stops working. Errors: EMAIL_TAKEN where the address
   * is a colleague's. One that signs in elsewhere is not told apart here: only the invited person will see it.
   */
  async invite(actor: Actor, email: string, roles: readonly UserRole[], origin: string): Promise<IssuedLink> {
    return this.unitOfWork.write(actor, async (write) => {
      const sql = 'SELECT id FROM app.app_user WHERE organisation_id = $1 AND email = $2 AND removed_at IS NULL';
      if (await firstRow(write.manager, Id, sql, [actor.organisationId, email])) throw new DomainError('EMAIL_TAKEN');
      await this.#retire(write, 'INVITE', 'email', email);
      const link = await this.links.issue(
        write.manager,
        {
          kind: 'INVITE',
          email,
          organisationId: actor.organisationId,
          roles: [...new Set(roles)],
          createdBy: actor.userId,
        },
        origin,
      );
      await write.audit({ event: 'colleague.invited', subjectType: 'link', subjectId: link.id, details: { email } });
      await write.notify('colleagues', [actor.organisationId]);
      return link;
    });
  }

  async withdrawInvitation(actor: Actor, id: string): Promise<void> {
    await this.unitOfWork.write(actor, async (write) => {
      const sql = `UPDATE app.link SET used_at = $3 WHERE id = $1 AND organisation_id = $2 AND kind = 'INVITE' AND used_at IS NULL`;
      if ((await affected(write.manager, sql, [id, actor.organisationId, write.now])) !== 1)
        throw new DomainError('NOT_FOUND');
      await write.audit({ event: 'colleague.invitation_withdrawn', subjectType: 'link', subjectId: id });
      await write.notify('colleagues', [actor.organisationId]);
    });
  }

  /** Errors: NOT_FOUND, LAST_ADMINISTRATOR. */
  async changeRoles(actor: Actor, userId: string, roles: readonly UserRole[]): Promise<UserResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      if (!roles.includes('ADMINISTRATOR')) await this.#keepOneAdministrator(write, userId);
      const changed = await firstRow(
        write.manager,
        UserRow,
        `UPDATE app.app_user u SET roles = $3 WHERE u.id = $1 AND u.organisation_id = $2 AND u.removed_at IS NULL RETURNING ${USER_COLUMNS}`,
        [userId, actor.organisationId, [...new Set(roles)]],
      );
      if (!changed) throw new DomainError('NOT_FOUND');
      await write.audit({
        event: 'colleague.roles_changed',
        subjectType: 'user',
        subjectId: userId,
        details: { roles: changed.roles.join(' ') },
      });
      await write.notify('colleagues', [actor.organisationId]);
      return toUserResponse(changed);
    });
  }

  /** Ends the person's sessions and links at once. Errors: NOT_FOUND, LAST_ADMINISTRATOR. */
  async remove(actor: Actor, userId: string): Promise<void> {
    await this.unitOfWork.write(actor, async (write) => {
      await this.#keepOneAdministrator(write, userId);
      const sql =
        'UPDATE app.app_user SET removed_at = $3 WHERE id = $1 AND organisation_id = $2 AND removed_at IS NULL';
      if ((await affected(write.manager, sql, [userId, actor.organisationId, write.now])) !== 1)
        throw new DomainError('NOT_FOUND');
      await this.sessions.closeAll(write.manager, userId);
      await this.#retire(write, 'RESET', 'user_id', userId);
      await write.audit({ event: 'colleague.removed', subjectType: 'user', subjectId: userId });
      await write.notify('colleagues', [actor.organisationId]);
    });
  }

  /** A link with which the colleague sets a new password; older ones stop working. Errors: NOT_FOUND. */
  async issueReset(actor: Actor, userId: string, origin: string): Promise<IssuedLink> {
    return this.unitOfWork.write(actor, async (write) => {
      const sql = `SELECT ${USER_COLUMNS} FROM app.app_user u WHERE u.id = $1 AND u.organisation_id = $2 AND u.removed_at IS NULL`;
      const user = await firstRow(write.manager, UserRow, sql, [userId, actor.organisationId]);
      if (!user) throw new DomainError('NOT_FOUND');
      await this.#retire(write, 'RESET', 'user_id', userId);
      const link = await this.links.issue(
        write.manager,
        { kind: 'RESET', email: user.email, organisationId: actor.organisationId, userId, createdBy: actor.userId },
        origin,
      );
      await write.audit({ event: 'password.reset_issued', subjectType: 'user', subjectId: userId });
      return link;
    });
  }

  async signOutEverywhere(actor: Actor): Promise<void> {
    await this.unitOfWork.write(actor, async (write) => {
      await this.sessions.closeAll(write.manager, actor.userId);
      await write.audit({ event: 'session.ended_everywhere', subjectType: 'user', subjectId: actor.userId });
    });
  }

  /** Locks the administrators, so that two who remove each other at the same moment do not both succeed. */
  async #keepOneAdministrator(write: Write, leavingId: string): Promise<void> {
    const administrators = await rows(
      write.manager,
      Id,
      `SELECT id FROM app.app_user WHERE organisation_id = $1 AND removed_at IS NULL AND 'ADMINISTRATOR' = ANY(roles)
       ORDER BY id FOR UPDATE`,
      [write.actor.organisationId],
    );
    const leaves = administrators.some(({ id }) => id === leavingId);
    if (leaves && administrators.length === 1) throw new DomainError('LAST_ADMINISTRATOR');
  }

  async #retire(write: Write, kind: 'INVITE' | 'RESET', column: 'email' | 'user_id', value: string): Promise<void> {
    await write.manager.query(
      `UPDATE app.link SET used_at = $4 WHERE organisation_id = $1 AND kind = $2 AND ${column} = $3 AND used_at IS NULL`,
      [write.actor.organisationId, kind, value, write.now],
    );
  }
}
