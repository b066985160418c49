import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AbiCoder, keccak256 } from 'ethers';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../common/clock.js';
import { type Day, dayAt } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { OPERATOR_MEMBER } from '../../common/founding.js';
import { requestContext } from '../../common/http/request-context.js';
import { CURRENCIES, type Currency } from '../../common/money.js';
import { firstRow, type Queryable } from '../../database/sql.js';
import type { OperationKind, OperationResponse } from '../operations/operations.schemas.js';
import { encodeCall } from './calls/call-codec.js';
import { signerOf } from './calls/encode.js';
import { notifyOutbox } from './channels.js';
import type { PaidHandler } from './effects.js';
import { OperationResponseRow, operationResponse, RESPONSE_COLUMNS } from './operation-response.js';
import type { RegisterConfig } from './register.config.js';
import type { OperationEffect, QuoteTerms, RegisterCall, RegisterCommand, Word } from './register.js';
import { RegisterRuntime } from './register.runtime.js';
import { type RegisterStatus, statusOf } from './register.status.js';
import { saltedHash } from './salted-hash.js';

export const REGISTER_CONFIG = Symbol('RegisterConfig');
const IdRow = z.object({ id: z.uuid() });

/**
 * The only face of the register for the rest of the application. Business modules ask it for changes inside their own
 * transaction, and are told inside the projecting transaction what became of them.
 */
@Injectable()
export class RegisterService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('Register');

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(REGISTER_CONFIG) private readonly config: RegisterConfig,
    private readonly runtime: RegisterRuntime,
  ) {}

  /** By now every module has said what it wants to be told (onModuleInit). A refusal to start ends the start. */
  async onApplicationBootstrap(): Promise<void> {
    await this.runtime.start({
      info: (message) => this.#logger.log(message),
      warn: (message) => this.#logger.warn(message),
      error: (message, error) => this.#logger.error(error === undefined ? message : { err: error, msg: message }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runtime.stop();
  }

  /** Resolves when the register is connected, compared and followed; rejects with the reason where it cannot be. */
  ready(): Promise<void> {
    return this.runtime.ready;
  }

  /** Why the register cannot be relied on now, in words; empty when all is well. For the readiness check. */
  troubles(): readonly string[] {
    return this.runtime.troubles();
  }

  // ---------------------------------------------------------------- asking for changes

  /**
   * Adds a command to the outbox in the caller's transaction: it is sent if and only if that commits, once. A claim for
   * several holders becomes one operation a holder, and the first of them is answered.
   * Errors: CLOCK_DIVERGED while the register's time and ours differ too much.
   */
  async enqueue(manager: EntityManager, command: RegisterCommand): Promise<OperationResponse> {
    await this.runtime.requireClock();
    const [first, ...more] = split(command.call);
    const answer = await this.#insert(manager, command, first);
    for (const call of more) await this.#insert(manager, command, call);
    await notifyOutbox(manager);
    return answer;
  }

  /** The operation as it stands once it has ended, or after `ms`. Undefined where there is no such operation. */
  async waitFor(operationId: string, ms: number): Promise<OperationResponse | undefined> {
    return this.runtime.waiters.wait(operationId, ms, () => this.operation(operationId));
  }

  /** An operation by id, whoever asks: callers check rights. */
  async operation(id: string, db: Queryable = this.dataSource): Promise<OperationResponse | undefined> {
    const sql = `SELECT ${RESPONSE_COLUMNS} FROM ops.operation WHERE id = $1`;
    const row = await firstRow(db, OperationResponseRow, sql, [id]);
    return row && operationResponse(row);
  }

  // ---------------------------------------------------------------- being told

  /** Called from onModuleInit. Several modules may follow one kind. */
  onSettled(kind: OperationKind, effect: OperationEffect): void {
    this.runtime.effects.onSettled(kind, effect);
  }

  /** Called from onModuleInit: every payment on the register, also one that was not asked for here. */
  onPaid(handler: PaidHandler): void {
    this.runtime.effects.onPaid(handler);
  }

  // ---------------------------------------------------------------- facts

  /** The id a payable has on this register and its successors: content alone decides it. Source: Payables.payableId. */
  payableId(buyerMember: number, fingerprint: Word, revision: number): Word {
    const encoded = AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'uint32', 'bytes32', 'uint32'],
      [this.runtime.record.familySalt, buyerMember, fingerprint, revision],
    );
    return `0x${keccak256(encoded).slice(2)}`;
  }

  /**
   * The bank's signature over a quote, by its custodial key. The same terms give the same signature.
   * Errors: ORGANISATION_NOT_ADMITTED where the bank has no key here, CURRENCY_UNKNOWN.
   */
  signQuote(terms: QuoteTerms): Promise<Word> {
    return this.runtime.signQuote(terms);
  }

  /** keccak256(salt, utf8 text): what the register keeps of a text that must not be guessed. Keep salt and text. */
  saltedHash(text: string, salt: Word): Word {
    return saltedHash(text, salt);
  }

  /** The index under which money of a currency is listed. Errors: CURRENCY_UNKNOWN. */
  cashAsset(currency: Currency): number {
    const asset = this.runtime.record.cashAssets.find((candidate) => candidate.currency === currency);
    if (asset === undefined) throw new DomainError('CURRENCY_UNKNOWN', { currency });
    return asset.index;
  }

  /** Currencies that are settled here. */
  currencies(): Currency[] {
    const listed = new Set(this.runtime.record.cashAssets.map((asset) => asset.currency));
    return CURRENCIES.filter((currency) => listed.has(currency));
  }

  /** Today in the register's one zone. */
  today(): Day {
    return dayAt(this.clock.now(), this.config.utcOffsetSeconds);
  }

  /** The clock was moved: the local chain follows at once, so that what depends on the day is seen at once. */
  followClock(): Promise<void> {
    return this.runtime.followClock();
  }

  /** For operations staff. Errors: NOT_READY. */
  status(): Promise<RegisterStatus> {
    return statusOf(this.dataSource, this.runtime, this.clock);
  }

  async #insert(manager: EntityManager, command: RegisterCommand, call: RegisterCall): Promise<OperationResponse> {
    const row = await firstRow(
      manager,
      IdRow,
      `INSERT INTO ops.operation (kind, organisation_id, subject_id, signer, call, correlation_id, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [
        call.kind,
        command.organisationId ?? null,
        command.subjectId ?? null,
        signerOf(call, OPERATOR_MEMBER),
        encodeCall(call),
        requestContext.getStore()?.correlationId ?? null,
        this.clock.now(),
      ],
    );
    const stored = row && (await this.operation(row.id, manager));
    if (stored === undefined) throw new Error('the outbox did not keep an operation');
    return stored;
  }
}

function split(call: RegisterCall): [RegisterCall, ...RegisterCall[]] {
  if (call.kind !== 'CLAIM') return [call];
  const [first, ...more] = [...new Set(call.holderMembers)];
  if (first === undefined) throw new TypeError('a claim names at least one holder');
  const one = (holder: number): RegisterCall => ({ ...call, holderMembers: [holder] });
  return [one(first), ...more.map(one)];
}
