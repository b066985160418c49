import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type Currency, isCurrency } from '../../../common/money.js';
import { notifyChange } from '../../../database/changes.js';
import { rows } from '../../../database/sql.js';
import { type BookedEvent, bookBlock } from '../../ledger/ledger.service.js';
import type { MoneyEvent } from '../../ledger/postings.js';
import type { Word } from '../register.js';
import { applyEvents } from './apply.js';
import type { RegisterEvent } from './events.js';
import { BlockState, type MoneyFact, ProjectionFault } from './state.js';
import { loadRows } from './store-load.js';
import { saveRows } from './store-save.js';

/**
 * Brings one block's events into the projection and the ledger, and tells the browsers concerned; all in the caller's
 * transaction. Errors: ProjectionFault where the log contradicts what is known.
 */
export async function projectBlock(
  manager: EntityManager,
  block: { readonly number: number; readonly time: Date },
  events: readonly RegisterEvent[],
  payables: Word,
): Promise<BlockState> {
  const state = new BlockState(block.number, block.time);
  if (events.length === 0) return state;
  await loadRows(manager, state, events);
  applyEvents(state, events, payables);
  await saveRows(manager, state);
  await bookBlock(
    manager,
    block,
    state.money.map((fact) => booked(state, fact)),
  );
  await tellBrowsers(manager, state);
  return state;
}

function booked(state: BlockState, fact: MoneyFact): BookedEvent {
  return { logIndex: fact.logIndex, event: moneyEvent(state, fact) };
}

function moneyEvent(state: BlockState, fact: MoneyFact): MoneyEvent {
  const asset = state.cashAsset(fact.cashAsset);
  const { kind, amount } = fact;
  const currency = currencyOf(asset.currency);
  const need = <T>(value: T | undefined): T => {
    if (value === undefined) throw new ProjectionFault(`money event ${fact.logIndex} lacks a side`);
    return value;
  };
  switch (kind) {
    case 'MINT':
      return { kind, issuer: asset.issuer, to: need(fact.to), currency, amount };
    case 'BURN':
      return { kind, issuer: asset.issuer, from: need(fact.from), currency, amount };
    case 'TRANSFER':
    case 'SALE':
      return { kind, from: need(fact.from), to: need(fact.to), currency, amount };
    case 'PAYMENT':
      return { kind, from: need(fact.from), payable: need(fact.payable), currency, amount };
    case 'CLAIM':
      return { kind, to: need(fact.to), payable: need(fact.payable), currency, amount };
  }
}

function currencyOf(code: string): Currency {
  if (!isCurrency(code)) throw new ProjectionFault(`the register settles in ${code}, which this version does not know`);
  return code;
}

const OrganisationRow = z.object({ id: z.uuid(), member_id: z.number().int(), operator: z.boolean() });

/** Each organisation concerned is told once a topic. */
async function tellBrowsers(manager: EntityManager, state: BlockState): Promise<void> {
  const concerned = concernedBy(state);
  const members = new Set([...concerned.values()].flatMap((set) => [...set]));
  if (members.size === 0) return;
  const organisations = await rows(
    manager,
    OrganisationRow,
    `SELECT id, member_id, 'OPERATOR' = ANY(roles) AS operator FROM app.organisation WHERE member_id = ANY($1) OR 'OPERATOR' = ANY(roles)`,
    [[...members]],
  );
  for (const [topic, ids] of concerned) {
    const told = organisations.filter((o) => ids.has(o.member_id) || (topic === 'members' && o.operator));
    if (ids.size > 0)
      await notifyChange(
        manager,
        topic,
        told.map((o) => o.id),
      );
  }
}

function concernedBy(state: BlockState) {
  const holders = new Set<number>();
  for (const holding of state.holdings.values()) holders.add(holding.member);
  const parties = new Set(holders);
  for (const payable of state.payables.values()) parties.add(payable.buyer);
  const cash = new Set<number>();
  for (const fact of state.money) {
    if (fact.from !== undefined) cash.add(fact.from);
    if (fact.to !== undefined) cash.add(fact.to);
  }
  const credit = new Set<number>(state.limits.map((limit) => limit.bank));
  for (const carried of state.carried.values()) credit.add(carried.bank);
  return new Map([
    ['payables', parties],
    ['holdings', holders],
    ['cash', cash],
    ['credit', credit],
    ['members', state.changedMembers],
  ] as const);
}
