import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type Actor, systemActor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors.js';
import { OPERATOR_MEMBER, SETTLEMENT_BANK_MEMBER } from '../../common/founding.js';
import { MEMBER_ROLES, USER_ROLES } from '../../common/roles.js';
import { firstRow } from '../../database/sql.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import { CreditService } from '../credit/credit.service.js';
import { hashPassword } from '../identity/password.js';
import { UsersService } from '../identity/users.service.js';
import { OrganisationsService } from '../members/organisations.service.js';
import type { OperationResponse } from '../operations/operations.schemas.js';
import { DepositsService } from '../payments/deposits.service.js';
import { RegisterService } from '../register/register.service.js';
import {
  BUYER,
  DEMO_ORGANISATIONS,
  DEMO_PASSWORD,
  type DemoOrganisation,
  type DemoPerson,
  OPENING_DEPOSITS,
  OPENING_LIMITS,
  OPERATOR,
  SETTLEMENT_BANK,
} from './demo.network.js';

const WAIT_MS = 60_000;
const CURRENCY = 'CNY';

const OrganisationRow = z.object({ id: z.uuid(), state: z.string() });
const ActorRow = z.object({
  user_id: z.uuid(),
  user_name: z.string(),
  user_roles: z.array(z.enum(USER_ROLES)),
  organisation_id: z.uuid(),
  organisation_name: z.string(),
  member_id: z.int(),
  member_roles: z.array(z.enum(MEMBER_ROLES)),
  state: z.string(),
});

/**
 * Makes the demo network at the first start, through the same services that people use. Every step looks first whether
 * it is done, so that a start which was killed half-way is finished by the next one.
 */
@Injectable()
export class DemoSeed {
  readonly #logger = new Logger('Demo');

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly organisations: OrganisationsService,
    private readonly users: UsersService,
    private readonly credit: CreditService,
    private readonly deposits: DepositsService,
    private readonly register: RegisterService,
  ) {}

  async run(): Promise<void> {
    await this.register.ready();
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    for (const organisation of DEMO_ORGANISATIONS) await this.#ensureOrganisation(organisation, passwordHash);
    await this.#admitAll();
    const operations = [...(await this.#openDeposits()), ...(await this.#openLimits())];
    for (const operation of operations) await this.#untilDone(operation);
    if (operations.length > 0) this.#logger.log('the demo network is ready');
  }

  async #ensureOrganisation(organisation: DemoOrganisation, passwordHash: string): Promise<void> {
    if (await this.#find(organisation)) return;
    await this.unitOfWork.write(systemActor(this.clock.now(), 'demo'), async (write) => {
      const id = await this.#insert(write, organisation);
      for (const { name, email, roles } of organisation.people) {
        await this.users.create(write, { organisationId: id, name, email, roles, passwordHash });
      }
    });
  }

  #insert(write: Write, organisation: DemoOrganisation): Promise<string> {
    if (organisation === OPERATOR) return this.organisations.found(write, OPERATOR_MEMBER, organisation);
    if (organisation === SETTLEMENT_BANK) return this.organisations.found(write, SETTLEMENT_BANK_MEMBER, organisation);
    return this.organisations.insert(write, organisation);
  }

  async #admitAll(): Promise<void> {
    const operator = await this.#actor(OPERATOR.people[0]);
    const operations: OperationResponse[] = [];
    for (const organisation of DEMO_ORGANISATIONS) {
      const found = await this.#find(organisation);
      if (found?.state === 'APPLIED') operations.push(await this.organisations.admit(operator, found.id, {}));
    }
    for (const operation of operations) await this.#untilDone(operation);
    for (const organisation of DEMO_ORGANISATIONS) await this.#untilAdmitted(organisation);
  }

  async #openDeposits(): Promise<OperationResponse[]> {
    const treasurer = await this.#actor(SETTLEMENT_BANK.people[0]);
    const operations: OperationResponse[] = [];
    for (const { to, minor, reference } of OPENING_DEPOSITS) {
      const organisation = await this.#find(to);
      if (!organisation) continue;
      const amount = { minor: String(minor), currency: CURRENCY } as const;
      const body = { organisationId: organisation.id, amount, bankReference: reference };
      const booked = await this.deposits.record(treasurer, body).catch(unlessUsed);
      if (booked) operations.push(booked);
    }
    return operations;
  }

  async #openLimits(): Promise<OperationResponse[]> {
    const operations: OperationResponse[] = [];
    for (const { bank, minor } of OPENING_LIMITS) {
      const checker = await this.#actor(bank.people[1]);
      const { items } = await this.credit.limits(checker);
      if (items.some(({ obligorGroup, limit }) => obligorGroup === BUYER.obligorGroup && limit !== '0')) continue;
      const limit = { minor: String(minor), currency: CURRENCY } as const;
      operations.push(await this.credit.setLimit(checker, { obligorGroup: BUYER.obligorGroup, limit }));
    }
    return operations;
  }

  async #untilDone(operation: OperationResponse): Promise<void> {
    const ended = await this.register.waitFor(operation.id, WAIT_MS);
    if (ended?.state === 'DONE') return;
    throw new Error(
      `the demo's ${operation.kind} is ${ended?.state ?? 'unknown'}: ${ended?.error?.detail ?? 'no reason given'}`,
    );
  }

  /** An admission that an earlier, killed start had asked for is under way by itself. */
  async #untilAdmitted(organisation: DemoOrganisation): Promise<void> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const found = await this.#find(organisation);
      if (found?.state === 'ADMITTED') return;
      if (performance.now() > deadline)
        throw new Error(`${organisation.name} was not admitted in time: ${found?.state ?? 'missing'}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #find({ country, registryNumber }: DemoOrganisation) {
    const sql = `SELECT id, state FROM app.organisation WHERE country = $1 AND registry_number = $2 AND state <> 'REFUSED'`;
    return firstRow(this.dataSource, OrganisationRow, sql, [country, registryNumber]);
  }

  /** A demo person, as if just signed in. */
  async #actor(person: DemoPerson): Promise<Actor> {
    const row = await firstRow(
      this.dataSource,
      ActorRow,
      `SELECT u.id AS user_id, u.name AS user_name, u.roles AS user_roles, o.id AS organisation_id,
         o.name AS organisation_name, o.member_id, o.roles AS member_roles, o.state
       FROM app.app_user u JOIN app.organisation o ON o.id = u.organisation_id WHERE u.email = $1 AND u.removed_at IS NULL`,
      [person.email],
    );
    if (!row) throw new Error(`the demo's ${person.email} is gone; delete the data directory for a fresh demo`);
    return {
      userId: row.user_id,
      userName: row.user_name,
      userRoles: row.user_roles,
      organisationId: row.organisation_id,
      organisationName: row.organisation_name,
      memberId: row.member_id,
      memberRoles: row.member_roles,
      admitted: row.state === 'ADMITTED',
      authenticatedAt: this.clock.now(),
      correlationId: 'demo',
    };
  }
}

/** Booked by an earlier start. */
function unlessUsed(error: unknown): undefined {
  if (error instanceof DomainError && error.code === 'REFERENCE_USED') return undefined;
  throw error;
}
