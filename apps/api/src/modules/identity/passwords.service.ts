import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type Actor, systemActor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors.js';
import { firstRow } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type LinkRow, LinksService } from './links.service.js';
import { hashPassword, isAcceptablePassword, verifyPassword } from './password.js';
import { type OpenedSession, SessionsService } from './sessions.service.js';
import { Throttle } from './throttle.js';
import { UsersService } from './users.service.js';

const Credentials = z.object({ email: z.string(), password_hash: z.string() });

/** Passwords: changing one's own, and setting one behind a link. */
@Injectable()
export class PasswordsService {
  readonly #guesses = new Throttle({ failuresMax: 5, windowMs: 15 * 60_000 });

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly links: LinksService,
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
  ) {}

  /** Errors: PASSWORD_WRONG, PASSWORD_TOO_WEAK, TOO_MANY_REQUESTS. Every other session of the person ends. */
  async change(actor: Actor, session: Buffer, current: string, next: string): Promise<void> {
    this.#guesses.assertOpen(actor.userId);
    this.#guesses.count(actor.userId);
    const sql = 'SELECT email, password_hash FROM app.app_user WHERE id = $1';
    const known = await firstRow(this.dataSource, Credentials, sql, [actor.userId]);
    if (!known || !(await verifyPassword(current, known.password_hash))) throw new DomainError('PASSWORD_WRONG');
    this.#guesses.giveBack(actor.userId);
    const hash = await hashAcceptable(next, known.email);
    await this.unitOfWork.write(actor, async (write) => {
      await write.manager.query('UPDATE app.app_user SET password_hash = $2 WHERE id = $1', [actor.userId, hash]);
      await this.sessions.closeAll(write.manager, actor.userId, session);
      await write.audit({ event: 'password.changed', subjectType: 'user', subjectId: actor.userId });
    });
  }

  /** Lets somebody in behind an INVITE or RESET link. Errors: LINK_INVALID, PASSWORD_TOO_WEAK, EMAIL_TAKEN, REQUEST_INVALID. */
  async acceptLink(
    token: string,
    name: string | undefined,
    password: string,
    correlationId: string,
  ): Promise<OpenedSession> {
    const link = await this.links.find(token);
    if (link.kind === 'ONBOARD') throw new DomainError('LINK_INVALID');
    const hash = await hashAcceptable(password, link.email);
    const actor = systemActor(this.clock.now(), correlationId, { id: link.organisation_id, name: link.inviter });
    return this.unitOfWork.write(actor, async (write) => {
      await this.links.consume(write.manager, link);
      const userId = link.kind === 'RESET' ? link.user_id : await this.#join(write, link, name, hash);
      if (userId === null) throw new DomainError('LINK_INVALID');
      if (link.kind === 'RESET') {
        const sql = 'UPDATE app.app_user SET password_hash = $2 WHERE id = $1 AND removed_at IS NULL';
        await write.manager.query(sql, [userId, hash]);
        await this.sessions.closeAll(write.manager, userId);
        await write.audit({ event: 'password.reset', subjectType: 'user', subjectId: userId });
      }
      return this.sessions.open(write.manager, userId);
    });
  }

  async #join(
    write: Parameters<UsersService['create']>[0],
    link: LinkRow,
    name: string | undefined,
    hash: string,
  ): Promise<string> {
    const known = name ?? link.name ?? undefined;
    if (known === undefined)
      throw new DomainError('REQUEST_INVALID', { issues: [{ path: 'name', message: 'your name' }] });
    return this.users.create(write, {
      organisationId: link.organisation_id,
      email: link.email,
      name: known,
      roles: link.roles,
      passwordHash: hash,
    });
  }
}

/** Errors: PASSWORD_TOO_WEAK. */
export async function hashAcceptable(password: string, email: string): Promise<string> {
  if (!isAcceptablePassword(password, email)) throw new DomainError('PASSWORD_TOO_WEAK');
  return hashPassword(password);
}
