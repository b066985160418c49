import { memberOfHolder, NOBODY } from '../chain/holder-address.js';
import type { Word } from '../register.js';
import type { RegisterEvent } from './events.js';
import { type BlockState, type MoneyFact, ProjectionFault } from './state.js';

type TransferEvent = Extract<RegisterEvent, { name: 'Transfer' }>;

/** Account of money that stands with the ledger of payables, between a payment and its claims. */
const WITH_PAYABLES = 0;

/**
 * Balances follow the standard `Transfer` events; what money moved *for* is told by the verb's own event beside them.
 * Both tell the same story or the projection stops: per transaction, asset and account the two must come to the same.
 */
export function factsOfMoney(state: BlockState, events: readonly RegisterEvent[], payables: Word): MoneyFact[] {
  const facts: MoneyFact[] = [];
  for (const transaction of byTransaction(events)) {
    const nets = new Nets();
    const transfers: { event: TransferEvent; asset: number; from: number | undefined; to: number | undefined }[] = [];
    for (const event of transaction) {
      if (event.name === 'Transfer') {
        const asset = assetOf(state, event.address);
        const from = account(event.from, payables);
        const to = account(event.to, payables);
        nets.add(asset, from, to, event.amount);
        book(state, asset, from, to, event.amount);
        if (from && to) transfers.push({ event, asset, from, to });
      }
    }
    for (const event of transaction) {
      const fact = factOf(state, event);
      if (fact === undefined) continue;
      if (fact.kind === 'SALE') {
        const leg = transfers.findIndex(
          (t) =>
            t.asset === fact.cashAsset && t.from === fact.from && t.to === fact.to && t.event.amount === fact.amount,
        );
        if (leg >= 0) transfers.splice(leg, 1);
      }
      facts.push(fact);
      const [from, to] = sidesOf(fact);
      nets.add(fact.cashAsset, to, from, fact.amount);
    }
    for (const { event, asset, from, to } of transfers) {
      const { logIndex, transactionHash, amount } = event;
      facts.push({ kind: 'TRANSFER', cashAsset: asset, from, to, amount, logIndex, transactionHash });
      nets.add(asset, to, from, amount);
    }
    nets.requireZero(transaction[0]?.transactionHash);
  }
  return facts.sort((a, b) => a.logIndex - b.logIndex);
}

/** The fact a verb's own event stands for. */
function factOf(state: BlockState, event: RegisterEvent): MoneyFact | undefined {
  const { logIndex, transactionHash } = event;
  const at = { logIndex, transactionHash };
  switch (event.name) {
    case 'Minted':
      return {
        ...at,
        kind: 'MINT',
        cashAsset: assetOf(state, event.address),
        to: event.member,
        amount: event.amount,
        reference: event.reference,
      };
    case 'Burned':
    case 'PayoutConfirmed': {
      const cashAsset = assetOf(state, event.address);
      const bank = state.cashAsset(cashAsset).issuer;
      return { ...at, kind: 'BURN', cashAsset, from: bank, amount: event.amount, reference: event.reference };
    }
    case 'Paid':
      return {
        ...at,
        kind: 'PAYMENT',
        cashAsset: state.payable(event.id).cashAsset,
        from: event.payer,
        amount: event.amount,
        payable: event.id,
      };
    case 'Claimed':
      return {
        ...at,
        kind: 'CLAIM',
        cashAsset: state.payable(event.id).cashAsset,
        to: event.holder,
        amount: event.amount,
        payable: event.id,
      };
    case 'Filled':
      if (event.price === 0n) return undefined;
      return {
        ...at,
        kind: 'SALE',
        cashAsset: event.cashAsset,
        from: event.buyer,
        to: event.seller,
        amount: event.price,
        payable: event.id,
      };
    default:
      return undefined;
  }
}

/** Between which accounts a fact moves money; undefined is "outside" (minted from, burned to). */
function sidesOf(fact: MoneyFact): [from: number | undefined, to: number | undefined] {
  if (fact.kind === 'PAYMENT') return [fact.from, WITH_PAYABLES];
  if (fact.kind === 'CLAIM') return [WITH_PAYABLES, fact.to];
  return [fact.from, fact.to];
}

function book(
  state: BlockState,
  asset: number,
  from: number | undefined,
  to: number | undefined,
  amount: bigint,
): void {
  if (from) state.deposit(asset, from).balance -= amount;
  if (to) state.deposit(asset, to).balance += amount;
}

function account(address: Word, payables: Word): number | undefined {
  if (address === NOBODY) return undefined;
  if (address === payables) return WITH_PAYABLES;
  const member = memberOfHolder(address);
  if (member === undefined) throw new ProjectionFault(`${address} has deposit money and is no member`);
  return member;
}

function assetOf(state: BlockState, token: Word): number {
  for (const asset of state.cashAssets.values()) if (asset.token === token) return asset.cashAsset;
  throw new ProjectionFault(`deposit money ${token} moved before it was listed`);
}

function byTransaction(events: readonly RegisterEvent[]): RegisterEvent[][] {
  const groups = new Map<Word, RegisterEvent[]>();
  for (const event of events) {
    const group = groups.get(event.transactionHash);
    if (group === undefined) groups.set(event.transactionHash, [event]);
    else group.push(event);
  }
  return [...groups.values()];
}

/** Sums per asset and account; every amount booked once by the token and taken back once by its reason. */
class Nets {
  readonly #sums = new Map<string, bigint>();

  add(asset: number, from: number | undefined, to: number | undefined, amount: bigint): void {
    if (from !== undefined) this.#add(`${asset}:${from}`, -amount);
    if (to !== undefined) this.#add(`${asset}:${to}`, amount);
  }

  requireZero(transaction: Word | undefined): void {
    for (const [key, sum] of this.#sums) {
      if (sum !== 0n)
        throw new ProjectionFault(`transaction ${transaction}: money of ${key} moved without a reason (${sum})`);
    }
  }

  #add(key: string, amount: bigint): void {
    this.#sums.set(key, (this.#sums.get(key) ?? 0n) + amount);
  }
}
