import type { EntityManager, QueryRunner } from 'typeorm';
import { z } from 'zod';
import { firstRow } from '../../../database/sql.js';
import type { ChainFullBlock } from '../chain/chain.js';
import type { Engine } from '../engine.js';
import { writeBlock } from '../journal.js';
import type { Word } from '../register.js';
import { settleOperation } from '../settle.js';
import { type Cursor, CursorTaken, halt, moveCursor, readCursor } from './cursor.js';
import type { EventDecoder, RegisterEvent } from './events.js';
import { type Outcome, outcomesOf } from './outcomes.js';
import { projectBlock } from './project.js';
import { ProjectionFault } from './state.js';

const POLL_MS = 250;
const RETRY_MS = 1000;
/** Postgres advisory lock of the one writer of the projection; freed with its connection. */
const WRITER_LOCK = 7_214_002;
const LockRow = z.object({ locked: z.boolean() });

export interface IndexerOptions {
  readonly decoder: EventDecoder;
  readonly payables: Word;
  /** Local chain: signed bytes are kept, because the chain forgets them. */
  readonly journalTransactions: boolean;
}

/**
 * Follows the chain block by block: fetch, check the parent, decode, and in one transaction journal, project, book,
 * settle, tell and move the cursor. It stops for good on what it must not guess about (a reorg, an unknown event);
 * everything else it tries again.
 */
export class Indexer {
  #cursor: Cursor | undefined;
  #lock: QueryRunner | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #running: Promise<void> | undefined;
  #again = false;
  #trouble: string | undefined;
  #seenHalted: string | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly options: IndexerOptions,
  ) {}

  /** Why it does not go on, in words; undefined while all is well. */
  get trouble(): string | undefined {
    return this.#seenHalted ?? this.#trouble;
  }

  /** It has met what it must not guess about, and waits for a person. */
  get halted(): boolean {
    return this.#seenHalted !== undefined;
  }

  start(): void {
    this.#schedule(0);
  }

  /** Looks at the chain now: something was sent, or time was moved. */
  nudge(): void {
    if (this.#stopped) return;
    if (this.#running !== undefined) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#running = this.#round().finally(() => {
      this.#running = undefined;
      const soon = this.#again;
      this.#again = false;
      this.#schedule(soon ? 0 : this.#trouble === undefined ? POLL_MS : RETRY_MS);
    });
  }

  /**
   * Returns when the projection has reached what is now the chain's head: applied here, or by the process that leads.
   * True: this process leads. Errors: whatever keeps a block from being applied.
   */
  async catchUp(): Promise<boolean> {
    const head = await this.engine.chain.head();
    while (!(await this.#lead())) {
      const { number, halted } = await readCursor(this.engine.db);
      if (halted !== undefined) throw new Error(halted);
      if (number >= head.number) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    await this.#follow();
    if (this.#cursor?.halted !== undefined) throw new Error(this.#cursor.halted);
    return true;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    await this.#release();
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.nudge(), delayMs);
  }

  async #round(): Promise<void> {
    try {
      if (await this.#lead()) {
        if (this.#cursor?.halted === undefined) await this.#follow();
        this.#seenHalted = this.#cursor?.halted;
      } else {
        // Another process leads; what stops it stops this one's sender too.
        this.#seenHalted = (await readCursor(this.engine.db)).halted;
      }
      this.#trouble = undefined;
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (this.#trouble !== words) this.engine.log.error('the indexer cannot go on, and tries again', error);
      this.#trouble = words;
      // Whatever was in memory is doubtful now; the next round reads the cursor and takes the lead afresh.
      await this.#release();
    }
  }

  /** Takes or keeps the writer's lock. False: another process leads, this one stands by. */
  async #lead(): Promise<boolean> {
    if (this.#lock !== undefined) return true;
    const runner = this.engine.db.createQueryRunner();
    const row = await firstRow(runner, LockRow, 'SELECT pg_try_advisory_lock($1) AS locked', [WRITER_LOCK]);
    if (row?.locked !== true) {
      await runner.release();
      return false;
    }
    this.#lock = runner;
    this.#cursor = await readCursor(this.engine.db);
    return true;
  }

  async #release(): Promise<void> {
    const runner = this.#lock;
    this.#lock = undefined;
    this.#cursor = undefined;
    if (runner === undefined) return;
    await runner.query('SELECT pg_advisory_unlock($1)', [WRITER_LOCK]).catch(() => undefined);
    await runner.release().catch(() => undefined);
  }

  async #follow(): Promise<void> {
    const head = await this.engine.chain.head();
    let cursor = this.#requireCursor();
    if (head.number < cursor.number) {
      return this.#halt(`the chain ends at block ${head.number}, but block ${cursor.number} was seen before`);
    }
    if (head.number === cursor.number && head.hash !== cursor.hash) {
      return this.#halt(`block ${head.number} is another one than was seen before (${head.hash}, not ${cursor.hash})`);
    }
    while (cursor.number < head.number && !this.#stopped) {
      const block = await this.engine.chain.fullBlock(cursor.number + 1);
      if (block === null) return;
      if (cursor.hash !== undefined && block.parentHash !== cursor.hash) {
        return this.#halt(`block ${block.number} does not follow the block seen before it: the chain was reorganised`);
      }
      const halted = await this.#apply(block, cursor);
      if (halted !== undefined) return this.#halt(halted);
      cursor = this.#requireCursor();
    }
  }

  /** One block, all or nothing. Answers with a reason to halt where the block cannot be understood. */
  async #apply(block: ChainFullBlock, cursor: Cursor): Promise<string | undefined> {
    const logs = await this.engine.chain.logsOf(block.hash, this.options.decoder.addresses);
    await this.engine.at?.('block-fetched');
    try {
      const events = logs
        .map((log) => this.options.decoder.decode(log))
        .filter((event): event is RegisterEvent => event !== undefined);
      const outcomes = await outcomesOf(this.engine, block, new Set(logs.map((log) => log.transactionHash)));
      this.#cursor = await this.engine.db.transaction('READ COMMITTED', async (manager) => {
        const moved = await moveCursor(manager, cursor, block);
        await this.#write(manager, block, events, outcomes);
        await this.engine.at?.('block-applied');
        return moved;
      });
      await this.engine.at?.('block-committed');
      return undefined;
    } catch (error) {
      if (error instanceof CursorTaken || !(error instanceof ProjectionFault)) throw error;
      return `block ${block.number}: ${error.message}`;
    }
  }

  async #write(
    manager: EntityManager,
    block: ChainFullBlock,
    events: readonly RegisterEvent[],
    outcomes: readonly Outcome[],
  ): Promise<void> {
    const { effects } = this.engine;
    const at = new Date(block.timestamp * 1000);
    await writeBlock(manager, block, this.options.journalTransactions);
    const state = await projectBlock(manager, { number: block.number, time: at }, events, this.options.payables);
    for (const { operation, error } of outcomes) {
      await settleOperation(manager, effects, operation, {
        at,
        blockNumber: block.number,
        ...(error === undefined ? {} : { error }),
      });
    }
    for (const { payable, payer, amount, paidAfter } of state.paid) {
      await effects.paid(manager, { payable, payerMember: payer, amount, paidAfter, occurredAt: at });
    }
  }

  async #halt(reason: string): Promise<void> {
    this.engine.log.error(`THE INDEXER HAS HALTED: ${reason}. Nothing is projected until this is resolved.`);
    await halt(this.engine.db, reason);
    this.#cursor = { ...this.#requireCursor(), halted: reason };
  }

  #requireCursor(): Cursor {
    if (this.#cursor === undefined) throw new Error('the indexer follows without leading');
    return this.#cursor;
  }
}
