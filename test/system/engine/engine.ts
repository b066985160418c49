import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../../../apps/api/src/common/clock.js';
import { addDays, dayAt } from '../../../apps/api/src/common/day.js';
import type { MemberRole } from '../../../apps/api/src/common/roles.js';
import { connect } from '../../../apps/api/src/database/data-source.js';
import type { OperationResponse } from '../../../apps/api/src/modules/operations/operations.schemas.js';
import type { EngineLog, Moment } from '../../../apps/api/src/modules/register/engine.js';
import type { RegisterConfig, RegisterGenesis } from '../../../apps/api/src/modules/register/register.config.js';
import type { RegisterCall, RegisterCommand, Word } from '../../../apps/api/src/modules/register/register.js';
import { RegisterRuntime } from '../../../apps/api/src/modules/register/register.runtime.js';
import { RegisterService } from '../../../apps/api/src/modules/register/register.service.js';

const OFFSET = 28_800;
export const GENESIS: RegisterGenesis = {
  operatorMember: 1,
  members: [
    { memberId: 1, roles: ['OPERATOR'] },
    { memberId: 2, roles: ['SETTLEMENT_BANK'] },
  ],
  settlementBanks: [{ memberId: 2, currencies: ['CNY', 'EUR'] }],
};

/** A clock that stands still until it is moved. */
export class TestClock extends Clock {
  constructor(public time = Date.now()) {
    super();
  }
  override now(): Date {
    return new Date(this.time);
  }
}

export interface EngineOptions {
  readonly databaseUrl: string;
  readonly rpcUrl: string;
  readonly masterKey: Buffer;
  readonly clock: TestClock;
  readonly demo?: boolean;
  readonly at?: (moment: Moment) => void | Promise<void>;
  readonly rpcTimeoutMs?: number;
}

/** One process's engine on a database and a chain, with the API's connection beside it. */
export class TestEngine {
  readonly logged: string[] = [];

  private constructor(
    readonly api: DataSource,
    readonly runtime: RegisterRuntime,
    readonly service: RegisterService,
    readonly clock: TestClock,
  ) {}

  static async create(options: EngineOptions): Promise<TestEngine> {
    const api = await connect(options.databaseUrl, 'headwater_api');
    const config: RegisterConfig = {
      databaseUrl: options.databaseUrl,
      rpcUrl: options.rpcUrl,
      localChain: true,
      demo: options.demo ?? true,
      utcOffsetSeconds: OFFSET,
    };
    const { masterKey, clock, at } = options;
    if (options.rpcTimeoutMs !== undefined) Object.assign(config, { rpcTimeoutMs: options.rpcTimeoutMs });
    const runtime = new RegisterRuntime({
      config,
      genesis: GENESIS,
      masterKey,
      clock,
      ...(at === undefined ? {} : { at }),
    });
    return new TestEngine(api, runtime, new RegisterService(api, clock, config, runtime), clock);
  }

  async start(): Promise<this> {
    const note = (message: string, error?: unknown) => {
      this.logged.push(`${message} ${error instanceof Error ? error.message : ''}`);
    };
    const log: EngineLog = { info: note, warn: note, error: note };
    await this.runtime.start(log);
    return this;
  }

  async stop(): Promise<void> {
    await this.runtime.stop();
    if (this.api.isInitialized) await this.api.destroy();
  }

  async enqueue(call: RegisterCall, more: Omit<RegisterCommand, 'call'> = {}): Promise<OperationResponse> {
    return this.api.transaction((manager) => this.service.enqueue(manager, { call, ...more }));
  }

  /** Enqueues and waits for the end. */
  async run(call: RegisterCall): Promise<OperationResponse> {
    const operation = await this.enqueue(call);
    const ended = await this.service.waitFor(operation.id, 20_000);
    if (ended === undefined) throw new Error('the operation is gone');
    return ended;
  }

  /** As `run`, and it must have been done. */
  async done(call: RegisterCall): Promise<OperationResponse> {
    const ended = await this.run(call);
    if (ended.state !== 'DONE')
      throw new Error(`${call.kind} ended ${ended.state}: ${JSON.stringify(ended.error)} ${this.logged.join('\n')}`);
    return ended;
  }

  admit(memberId: number, roles: readonly MemberRole[], obligorGroup = 0): Promise<OperationResponse> {
    const validUntil = addDays(dayAt(this.clock.now(), OFFSET), 365);
    return this.done({ kind: 'ADMIT_MEMBER', memberId, roles, obligorGroup, validUntil });
  }

  /** Buyer 10, suppliers 11 and 12, bank 13 with a limit on the buyer's group, and money for buyer and bank. */
  async network(): Promise<void> {
    await this.admit(10, ['BUYER'], 77);
    await this.admit(11, ['SUPPLIER']);
    await this.admit(12, ['SUPPLIER']);
    await this.admit(13, ['BANK']);
    await this.done({
      kind: 'SET_CREDIT_LIMIT',
      bankMember: 13,
      obligorGroup: 77,
      currency: 'CNY',
      amount: 10n ** 12n,
    });
    await this.mint(10, 10n ** 9n);
    await this.mint(13, 10n ** 9n);
  }

  mint(toMember: number, amount: bigint): Promise<OperationResponse> {
    const reference = randomBytes(8).toString('hex');
    return this.done({ kind: 'MINT_MONEY', settlementBankMember: 2, toMember, currency: 'CNY', amount, reference });
  }

  issueCall(face: bigint, fingerprint: Word = randomWord(), supplierMember = 11, days = 60) {
    return {
      kind: 'ISSUE_PAYABLE',
      buyerMember: 10,
      supplierMember,
      fingerprint,
      revision: 0,
      face,
      currency: 'CNY',
      dueDay: addDays(dayAt(this.clock.now(), OFFSET), days),
      termsHash: randomWord(),
      documentHash: randomWord(),
      evidenceHash: randomWord(),
    } as const;
  }

  /** Issues and answers with the payable's id. */
  async issue(face: bigint): Promise<Word> {
    const fingerprint = randomWord();
    await this.done(this.issueCall(face, fingerprint));
    return this.service.payableId(10, fingerprint, 0);
  }

  async rows(sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.api.query(sql, parameters);
  }
}

export function randomWord(): Word {
  return `0x${randomBytes(32).toString('hex')}`;
}

export async function until(condition: () => Promise<boolean> | boolean, what: string, ms = 20_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
