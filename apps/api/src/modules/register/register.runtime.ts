import { DataSource } from 'typeorm';
import type { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/errors.js';
import { OPERATOR_MEMBER } from '../../common/founding.js';
import { dataSourceOptions } from '../../database/data-source.js';
import { ABIS } from './abis.js';
import { compare } from './boot/agreement.js';
import { type Booted, boot } from './boot/boot.js';
import { type CallContext, QUOTE_TYPES, quoteOf } from './calls/encode.js';
import { RefusalReader } from './calls/refusals.js';
import { OUTBOX_CHANNEL, SETTLED_CHANNEL } from './channels.js';
import { Effects } from './effects.js';
import type { Engine, EngineLog, Moment } from './engine.js';
import { readCursor } from './indexer/cursor.js';
import { EventDecoder } from './indexer/events.js';
import { Indexer } from './indexer/indexer.js';
import { Keystore } from './keystore/keystore.js';
import { Listener } from './listener.js';
import { fingerprintSchemeOf } from './member-facts.js';
import {
  type DeploymentRecord,
  type RegisterConfig,
  type RegisterGenesis,
  RegisterRefusal,
} from './register.config.js';
import type { QuoteTerms, Word } from './register.js';
import { Sender } from './sender/sender.js';
import { Waiters } from './waiters.js';

export interface RuntimeOptions {
  readonly config: RegisterConfig;
  readonly genesis: RegisterGenesis;
  readonly masterKey: Buffer;
  readonly clock: Clock;
  /** Tests stop the engine at a moment; see Moment. */
  readonly at?: (moment: Moment) => void | Promise<void>;
}

/** The running engine of one process: chain, keystore, sender, indexer and their connections. */
export class RegisterRuntime {
  readonly effects = new Effects();
  readonly waiters = new Waiters();
  readonly ready: Promise<void>;
  #isReady: (() => void) | undefined;
  #isRefused: ((reason: unknown) => void) | undefined;
  #booted: Booted | undefined;
  #engine: Engine | undefined;
  #indexer: Indexer | undefined;
  #sender: Sender | undefined;
  #listener: Listener | undefined;
  #db: DataSource | undefined;

  constructor(private readonly options: RuntimeOptions) {
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#isRefused = reject;
    });
    // Whoever starts the runtime hears of the refusal; nobody else has to listen.
    this.ready.catch(() => undefined);
  }

  /** Connects, recognises or rebuilds the chain, catches up, compares and begins to work. Errors: RegisterRefusal. */
  async start(log: EngineLog): Promise<void> {
    try {
      await this.#start(log);
      this.#isReady?.();
    } catch (error) {
      this.#isRefused?.(error);
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    // All are told to stop before any is waited for: what one is in the middle of must not keep another going.
    await Promise.all([this.#listener?.stop(), this.#sender?.stop(), this.#indexer?.stop()]);
    if (this.#db?.isInitialized === true) await this.#db.destroy();
  }

  get record(): DeploymentRecord {
    return this.#requireBooted().record;
  }

  get engine(): Engine {
    if (this.#engine === undefined) throw new DomainError('NOT_READY');
    return this.#engine;
  }

  get clockDiverged(): boolean {
    return this.#booted?.chainClock.diverged ?? false;
  }

  /** Nothing new is taken while the last look found the clocks apart; then it looks again. Errors: CLOCK_DIVERGED. */
  async requireClock(): Promise<void> {
    if (!this.clockDiverged) return;
    await this.#requireBooted().chainClock.check();
    if (this.clockDiverged) throw new DomainError('CLOCK_DIVERGED');
  }

  troubles(): string[] {
    if (this.#sender === undefined) return ['the register is being connected'];
    const trouble = this.#indexer?.trouble;
    return [
      ...(trouble === undefined ? [] : [trouble]),
      ...(this.clockDiverged ? ['the register is ahead of the clock'] : []),
    ];
  }

  async signQuote(terms: QuoteTerms): Promise<Word> {
    const { db, keystore, calls } = this.engine;
    const signer = await keystore.signer(db, `MEMBER:${terms.bankMember}`);
    if (signer === undefined) throw new DomainError('ORGANISATION_NOT_ADMITTED');
    const domain = {
      name: 'Headwater Exchange',
      version: '1',
      chainId: this.record.chainId,
      verifyingContract: calls.exchange,
    };
    return signer.signTypedData(domain, QUOTE_TYPES, quoteOf(terms, calls.cashAssets));
  }

  async followClock(): Promise<void> {
    const { chain, chainClock } = this.#requireBooted();
    if (!this.options.config.localChain) return;
    await chainClock.atClockTime(() => chain.mine());
    this.#indexer?.nudge();
  }

  async #start(log: EngineLog): Promise<void> {
    const { config, clock, genesis, masterKey } = this.options;
    const db = await new DataSource(dataSourceOptions(config.databaseUrl, 'headwater_indexer')).initialize();
    this.#db = db;
    const keystore = new Keystore(masterKey);
    const booted = await boot({ db, clock, keystore, config, genesis, log });
    this.#booted = booted;
    const engine = this.#assemble(db, keystore, booted, log);
    this.#engine = engine;
    const indexer = new Indexer(engine, {
      decoder: decoderOf(booted.record),
      payables: booted.record.addresses.payables,
      journalTransactions: config.localChain,
    });
    this.#indexer = indexer;
    // Beside a leading process the projection moves while one looks; it was compared when that process started.
    if (await indexer.catchUp()) await this.#requireAgreement(engine);
    const sender = new Sender(
      engine,
      () => indexer.nudge(),
      () => indexer.halted,
    );
    this.#sender = sender;
    this.#listener = new Listener(
      config.databaseUrl,
      { [OUTBOX_CHANNEL]: () => sender.wake(), [SETTLED_CHANNEL]: (id) => this.waiters.wake(id) },
      () => {
        sender.wake();
        this.waiters.wakeAll();
      },
      log,
    );
    await this.#listener.start();
    indexer.start();
    sender.start();
  }

  #assemble(db: DataSource, keystore: Keystore, booted: Booted, log: EngineLog): Engine {
    const { clock, at } = this.options;
    const { record, chain, chainClock } = booted;
    const cashAssets = record.cashAssets.map((asset) => ({
      cashAsset: asset.index,
      currency: asset.currency,
      token: asset.token,
      issuer: asset.bankMember,
    }));
    const calls: CallContext = {
      abis: ABIS,
      ...record.addresses,
      cashAssets,
      operatorMember: OPERATOR_MEMBER,
      fingerprintScheme: (buyer) => fingerprintSchemeOf(db, buyer),
      newMemberKey: async (member) =>
        (await db.transaction((manager) => keystore.ensure(manager, `MEMBER:${member}`))).address,
      memberKey: async (member) => (await keystore.signer(db, `MEMBER:${member}`))?.address,
    };
    return {
      db,
      chain,
      chainId: record.chainId,
      chainClock,
      clock,
      keystore,
      calls,
      refusals: new RefusalReader(Object.values(ABIS)),
      effects: this.effects,
      log,
      ...(at === undefined ? {} : { at }),
    };
  }

  /** B2: nothing is served before register and projection say the same. */
  async #requireAgreement(engine: Engine): Promise<void> {
    const { number } = await readCursor(engine.db);
    const { compared, differences } = await compare(engine.db, engine.chain, this.record, number);
    if (differences.length > 0) {
      const first = differences.slice(0, 3).map((d) => `${d.what}: register ${d.register}, projection ${d.projection}`);
      throw new RegisterRefusal(
        `Register and projection differ in ${differences.length} of ${compared} numbers at block ${number}: ${first.join('; ')}. Nothing was changed.`,
      );
    }
    engine.log.info(`register and projection agree in ${compared} numbers at block ${number}`);
  }

  #requireBooted(): Booted {
    if (this.#booted === undefined) throw new DomainError('NOT_READY');
    return this.#booted;
  }
}

function decoderOf(record: DeploymentRecord): EventDecoder {
  const { members, payables, exchange, creditLimits } = record.addresses;
  const depositMoneys = record.cashAssets.map((asset) => asset.token);
  return new EventDecoder(ABIS, { members, payables, exchange, creditLimits, depositMoneys });
}
