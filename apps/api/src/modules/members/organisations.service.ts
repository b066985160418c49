import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { type Actor, systemActor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { addDays, dayAt, parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { cursorId, type Page, pageOfRows } from '../../common/http/page.js';
import type { MemberRole, UserRole } from '../../common/roles.js';
import { Config } from '../../config.js';
import { isUniqueViolation } from '../../database/postgres-errors.js';
import { affected, firstRow, type Queryable, rows } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import type { CreatedOrganisationSchema } from '../identity/identity.schemas.js';
import { type IssuedLink, LinksService } from '../identity/links.service.js';
import { hashAcceptable } from '../identity/passwords.service.js';
import { type OpenedSession, SessionsService } from '../identity/sessions.service.js';
import { UsersService } from '../identity/users.service.js';
import type { OperationResponse } from '../operations/operations.schemas.js';
import type { SettledOperation } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';
import { parseRegistryNumber } from './identifiers.js';
import type {
  AdmitSchema,
  ApplySchema,
  CreateOrganisationSchema,
  InviteOrganisationSchema,
  ORGANISATION_STATES,
  OrganisationQuerySchema,
} from './members.schemas.js';
import {
  ORGANISATION_COLUMNS,
  ORGANISATION_FROM,
  type OrganisationResponse,
  OrganisationRow,
  toOrganisationResponse,
} from './organisation.js';

/** The first person of an organisation can do everything that takes one person; what takes two needs a second one. */
export const FIRST_ADMINISTRATOR_ROLES: readonly UserRole[] = ['ADMINISTRATOR', 'MAKER', 'TREASURER'];

/** An admission is looked at again after this time, unless the operator says otherwise. */
const ADMITTED_YEARS = 5;

export interface NewOrganisation {
  readonly name: string;
  readonly registryNumber: string;
  readonly country: string;
  readonly roles: readonly MemberRole[];
  readonly obligorGroup?: string | undefined;
  readonly account?: { readonly holder: string; readonly number: string } | undefined;
}

const Id = z.object({ id: z.uuid() });
const GroupId = z.object({ id: z.coerce.number().int() });

/** Organisations: how they come in and what the operator decides about them. */
@Injectable()
export class OrganisationsService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly links: LinksService,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly register: RegisterService,
  ) {}

  onModuleInit(): void {
    this.register.onSettled('ADMIT_MEMBER', {
      done: (manager, operation) => settleAdmission(manager, operation, 'ADMITTED', 'organisation.admitted'),
      failed: (manager, operation) => settleAdmission(manager, operation, 'APPLIED', 'organisation.admission_failed'),
    });
  }

  /** The operator's and supervisor's list, newest first. */
  async list(query: z.output<typeof OrganisationQuerySchema>): Promise<Page<OrganisationResponse>> {
    const found = await rows(
      this.dataSource,
      OrganisationRow,
      `SELECT ${ORGANISATION_COLUMNS} FROM ${ORGANISATION_FROM}
       WHERE ($1::uuid IS NULL OR o.id < $1) AND ($2::text IS NULL OR o.state = $2) ORDER BY o.id DESC LIMIT $3`,
      [cursorId(query.cursor) ?? null, query.state ?? null, query.limit + 1],
    );
    return pageOfRows(found, query.limit, (row) => row.id, toOrganisationResponse);
  }

  /** The operator brings in an organisation. Errors: ORGANISATION_EXISTS, IDENTIFIER_INVALID, ROLE_MISMATCH. */
  create(
    actor: Actor,
    body: z.output<typeof CreateOrganisationSchema>,
    origin: string,
  ): Promise<z.infer<typeof CreatedOrganisationSchema>> {
    return this.unitOfWork.write(actor, async (write) => {
      const id = await this.insert(write, body);
      const link = await this.links.issue(
        write.manager,
        {
          kind: 'INVITE',
          email: body.administrator.email,
          name: body.administrator.name,
          organisationId: id,
          roles: FIRST_ADMINISTRATOR_ROLES,
          createdBy: actor.userId,
        },
        origin,
      );
      return { organisation: await readOrganisation(write.manager, id), link };
    });
  }

  /** A member invites an organisation that is not here yet. */
  invite(actor: Actor, body: z.output<typeof InviteOrganisationSchema>, origin: string): Promise<IssuedLink> {
    return this.unitOfWork.write(actor, async (write) => {
      const link = await this.links.issue(
        write.manager,
        {
          kind: 'ONBOARD',
          email: body.email,
          organisationId: actor.organisationId,
          organisationName: body.organisationName,
          createdBy: actor.userId,
        },
        origin,
      );
      const details = { name: body.organisationName, email: body.email };
      await write.audit({ event: 'organisation.invited', subjectType: 'link', subjectId: link.id, details });
      return link;
    });
  }

  /** A newcomer applies behind an ONBOARD link and is signed in. Errors: LINK_INVALID, ORGANISATION_EXISTS, EMAIL_TAKEN, ... */
  async apply(token: string, body: z.output<typeof ApplySchema>, correlationId: string): Promise<OpenedSession> {
    const link = await this.links.find(token);
    if (link.kind !== 'ONBOARD') throw new DomainError('LINK_INVALID');
    const passwordHash = await hashAcceptable(body.administrator.password, link.email);
    return this.unitOfWork.write(systemActor(this.clock.now(), correlationId), async (write) => {
      await this.links.consume(write.manager, link);
      const id = await this.insert(write, { ...body, roles: ['SUPPLIER'] });
      const userId = await this.users.create(write, {
        organisationId: id,
        email: link.email,
        name: body.administrator.name,
        roles: FIRST_ADMINISTRATOR_ROLES,
        passwordHash,
      });
      await write.notify('members', [link.organisation_id], id);
      return this.sessions.open(write.manager, userId);
    });
  }

  /** Asks the register to admit; the organisation takes part once it has. Errors: NOT_FOUND, ADMISSION_STATE, DAY_INVALID. */
  admit(actor: Actor, id: string, body: z.output<typeof AdmitSchema>): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, (write) => this.enqueueAdmission(write, id, body.validUntil));
  }

  /** Errors: NOT_FOUND, ADMISSION_STATE. */
  refuse(actor: Actor, id: string, reason: string): Promise<OrganisationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      await this.#move(write, id, 'REFUSED');
      await write.manager.query('UPDATE app.organisation SET refusal_reason = $2 WHERE id = $1', [id, reason]);
      await write.audit({
        event: 'organisation.refused',
        subjectType: 'organisation',
        subjectId: id,
        visibleTo: [id],
        details: { reason },
      });
      await write.notify('members', [id, actor.organisationId], id);
      return readOrganisation(write.manager, id);
    });
  }

  /** The account payouts go to. */
  setAccount(
    actor: Actor,
    account: { readonly holder: string; readonly number: string },
  ): Promise<OrganisationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const sql = 'UPDATE app.organisation SET account_holder = $2, account_number = $3 WHERE id = $1';
      await write.manager.query(sql, [actor.organisationId, account.holder, account.number]);
      await write.audit({
        event: 'organisation.account_changed',
        subjectType: 'organisation',
        subjectId: actor.organisationId,
        details: { ending: account.number.slice(-4) },
      });
      await write.notify('members', [actor.organisationId], actor.organisationId);
      return readOrganisation(write.manager, actor.organisationId);
    });
  }

  /**
   * Adds one of the two organisations that are on the register from its first block (common/founding.ts), admitted from
   * the start. Errors: ORGANISATION_EXISTS.
   */
  async found(write: Write, memberId: number, organisation: NewOrganisation): Promise<string> {
    const id = await this.insert(write, organisation);
    await write.manager.query(`UPDATE app.organisation SET member_id = $2, state = 'ADMITTED' WHERE id = $1`, [
      id,
      memberId,
    ]);
    return id;
  }

  /** Adds an organisation in state APPLIED. Errors: ORGANISATION_EXISTS, IDENTIFIER_INVALID, ROLE_MISMATCH. */
  async insert(write: Write, organisation: NewOrganisation): Promise<string> {
    const registryNumber = parseRegistryNumber(organisation.registryNumber, organisation.country);
    const isBuyer = organisation.roles.includes('BUYER');
    if (organisation.obligorGroup !== undefined && !isBuyer)
      throw new DomainError('ROLE_MISMATCH', { needed: 'BUYER' });
    const group = isBuyer ? await obligorGroup(write.manager, organisation, registryNumber) : null;
    try {
      const created = await firstRow(
        write.manager,
        Id,
        `INSERT INTO app.organisation (name, registry_number, country, roles, obligor_group_id, state, account_holder,
           account_number, created_at) VALUES ($1, $2, $3, $4, $5, 'APPLIED', $6, $7, $8) RETURNING id`,
        [
          organisation.name,
          registryNumber,
          organisation.country,
          [...new Set(organisation.roles)],
          group,
          organisation.account?.holder ?? null,
          organisation.account?.number ?? null,
          write.now,
        ],
      );
      if (!created) throw new Error('the organisation was not stored');
      await write.audit({
        event: 'organisation.applied',
        subjectType: 'organisation',
        subjectId: created.id,
        visibleTo: [created.id],
      });
      await write.notify('members', await operators(write.manager), created.id);
      return created.id;
    } catch (error) {
      if (isUniqueViolation(error, 'organisation_registry_number')) throw new DomainError('ORGANISATION_EXISTS');
      throw error;
    }
  }

  /** Errors: NOT_FOUND, ADMISSION_STATE, DAY_INVALID where the day is not ahead. */
  async enqueueAdmission(write: Write, id: string, until?: string): Promise<OperationResponse> {
    const today = dayAt(write.now, this.config.utcOffsetSeconds);
    const validUntil = until === undefined ? addDays(today, ADMITTED_YEARS * 365) : parseDay(until);
    if (validUntil <= today) throw new DomainError('DAY_INVALID', { value: validUntil, today });
    const organisation = await this.#move(write, id, 'ADMITTING');
    await write.manager.query('UPDATE app.organisation SET valid_until = $2 WHERE id = $1', [id, validUntil]);
    const groupSql = 'SELECT coalesce(obligor_group_id, 0) AS id FROM app.organisation WHERE id = $1';
    const group = await firstRow(write.manager, GroupId, groupSql, [id]);
    const operation = await this.register.enqueue(write.manager, {
      call: {
        kind: 'ADMIT_MEMBER',
        memberId: organisation.member_id,
        roles: organisation.roles,
        obligorGroup: group?.id ?? 0,
        validUntil,
      },
      ...(write.actor.organisationId === '' ? {} : { organisationId: write.actor.organisationId }),
      subjectId: id,
    });
    await write.audit({
      event: 'organisation.admission_decided',
      subjectType: 'organisation',
      subjectId: id,
      visibleTo: [id],
      details: { validUntil },
    });
    await write.notify('members', [id, ...(await operators(write.manager))], id);
    return operation;
  }

  /** Only an open application moves; the row lock decides between two who do it at once. */
  async #move(write: Write, id: string, state: (typeof ORGANISATION_STATES)[number]): Promise<OrganisationRow> {
    const moved = await affected(
      write.manager,
      `UPDATE app.organisation SET state = $2 WHERE id = $1 AND state = 'APPLIED'`,
      [id, state],
    );
    const row = await findOrganisation(write.manager, id);
    if (!row) throw new DomainError('NOT_FOUND');
    if (moved !== 1) throw new DomainError('ADMISSION_STATE', { state: row.state });
    return row;
  }
}

async function settleAdmission(
  manager: EntityManager,
  operation: SettledOperation,
  state: 'ADMITTED' | 'APPLIED',
  event: string,
): Promise<void> {
  const { subjectId } = operation;
  if (subjectId === undefined) return;
  const sql = `UPDATE app.organisation SET state = $2 WHERE id = $1 AND state = 'ADMITTING'`;
  if ((await affected(manager, sql, [subjectId, state])) !== 1) return;
  await noteEffect(manager, operation.settledAt, {
    event,
    subjectType: 'organisation',
    subjectId,
    organisationIds: [subjectId, ...(await operators(manager))],
    topics: ['members'],
    ...(operation.error ? { details: { code: operation.error.code } } : {}),
  });
}

function findOrganisation(db: Queryable, id: string): Promise<OrganisationRow | undefined> {
  return firstRow(db, OrganisationRow, `SELECT ${ORGANISATION_COLUMNS} FROM ${ORGANISATION_FROM} WHERE o.id = $1`, [
    id,
  ]);
}

async function readOrganisation(db: Queryable, id: string): Promise<OrganisationResponse> {
  const row = await findOrganisation(db, id);
  if (!row) throw new DomainError('NOT_FOUND');
  return toOrganisationResponse(row);
}

/**
 * A named group is found or made: buyers put into one group share one limit. Without a name the buyer gets a group of
 * its own, never by accident that of another organisation of the same name.
 */
async function obligorGroup(db: Queryable, organisation: NewOrganisation, registryNumber: string): Promise<number> {
  const insert = 'INSERT INTO app.obligor_group (name) VALUES ($1) ON CONFLICT (name) DO NOTHING RETURNING id';
  const named = organisation.obligorGroup;
  const names = named === undefined ? [organisation.name, `${organisation.name} ${registryNumber}`] : [named];
  for (const name of names) {
    const made = await firstRow(db, GroupId, insert, [name]);
    if (made) return made.id;
  }
  const found = await firstRow(db, GroupId, 'SELECT id FROM app.obligor_group WHERE name = $1', [names.at(-1)]);
  if (!found) throw new Error('the obligor group was not stored');
  return found.id;
}

async function operators(db: Queryable): Promise<string[]> {
  const found = await rows(db, Id, `SELECT id FROM app.organisation WHERE 'OPERATOR' = ANY (roles)`);
  return found.map(({ id }) => id);
}
