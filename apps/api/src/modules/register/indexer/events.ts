import type { Interface } from 'ethers';
import type { ChainLog } from '../chain/chain.js';
import type { Word } from '../register.js';
import { type EventLayout, type EventReader, layoutsOf } from './event-layout.js';
import { ProjectionFault } from './state.js';

/** What the projection follows, as plain values. `at` is what every fact needs to say where it came from. */
export interface At {
  readonly logIndex: number;
  readonly transactionHash: Word;
  /** The contract that spoke; tells the deposit moneys apart. */
  readonly address: Word;
}

export type RegisterEvent = At &
  (
    | { name: 'MemberAdmitted'; member: number; roles: number; obligorGroup: number; validUntil: number }
    | { name: 'MemberExtended'; member: number; validUntil: number }
    | { name: 'MemberStatusChanged'; member: number; status: number }
    | { name: 'MemberRolesChanged'; member: number; roles: number }
    | { name: 'FingerprintKeyCommitted'; member: number; version: number }
    | { name: 'KeyAdded' | 'KeyRemoved'; member: number; key: Word }
    | { name: 'CashAssetAdded'; index: number; currency: string; token: Word; bank: number }
    | { name: 'LimitSet'; bank: number; obligorGroup: number; cashAsset: number; limit: bigint }
    | IssuedEvent
    | { name: 'TransferSingle'; from: Word; to: Word; id: Word; units: bigint }
    | { name: 'Passed'; id: Word; from: number; to: number; units: bigint; evidence: Word }
    | { name: 'Paid'; id: Word; payer: number; amount: bigint; paidAfter: bigint; status: number }
    | { name: 'Claimed'; id: Word; holder: number; amount: bigint; claimedAfter: bigint }
    | SurrenderedEvent
    | { name: 'Cancelled'; id: Word; holder: number; face: bigint; reasonHash: Word }
    | { name: 'FreezeSet'; id: Word; holder: number; units: bigint; until: number }
    | { name: 'HoldSet'; id: Word; until: number }
    | { name: 'CaseCarriedOut'; id: Word; from: number; to: number; units: bigint; claimed: bigint }
    | { name: 'Filled'; id: Word; seller: number; buyer: number; units: bigint; price: bigint; cashAsset: number }
    | { name: 'Transfer'; from: Word; to: Word; amount: bigint }
    | { name: 'Minted'; member: number; amount: bigint; reference: Word }
    | { name: 'Burned'; amount: bigint; reference: Word }
    | { name: 'PayoutConfirmed'; member: number; amount: bigint; reference: Word }
  );

export interface IssuedEvent {
  readonly name: 'Issued';
  readonly id: Word;
  readonly buyer: number;
  readonly holder: number;
  readonly fingerprint: Word;
  readonly revision: number;
  readonly face: bigint;
  readonly cashAsset: number;
  readonly dueDay: number;
  readonly termsHash: Word;
  readonly documentHash: Word;
  readonly evidenceHash: Word;
}

export interface SurrenderedEvent {
  readonly name: 'Surrendered';
  readonly id: Word;
  readonly holder: number;
  readonly units: bigint;
  readonly settled: bigint;
  readonly faceAfter: bigint;
  readonly paidAfter: bigint;
  readonly status: number;
  readonly reasonHash: Word;
}

type Read = (event: EventReader) => DistributiveOmit<RegisterEvent, keyof At>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const MEMBERS: Record<string, Read> = {
  MemberAdmitted: (e) => ({
    name: 'MemberAdmitted',
    member: e.number('member'),
    roles: e.number('roles'),
    obligorGroup: e.number('obligorGroup'),
    validUntil: e.number('validUntil'),
  }),
  MemberExtended: (e) => ({ name: 'MemberExtended', member: e.number('member'), validUntil: e.number('validUntil') }),
  MemberStatusChanged: (e) => ({ name: 'MemberStatusChanged', member: e.number('member'), status: e.number('status') }),
  MemberRolesChanged: (e) => ({ name: 'MemberRolesChanged', member: e.number('member'), roles: e.number('roles') }),
  FingerprintKeyCommitted: (e) => ({
    name: 'FingerprintKeyCommitted',
    member: e.number('member'),
    version: e.number('version'),
  }),
  KeyAdded: (e) => ({ name: 'KeyAdded', member: e.number('member'), key: e.address('key') }),
  KeyRemoved: (e) => ({ name: 'KeyRemoved', member: e.number('member'), key: e.address('key') }),
};

const PAYABLES: Record<string, Read> = {
  CashAssetAdded: (e) => ({
    name: 'CashAssetAdded',
    index: e.number('index'),
    currency: e.letters('currency'),
    token: e.address('token'),
    bank: e.number('bank'),
  }),
  Issued: (e) => ({
    name: 'Issued',
    id: e.word('id'),
    buyer: e.number('buyer'),
    holder: e.number('holder'),
    fingerprint: e.word('fingerprint'),
    revision: e.number('revision'),
    face: e.amount('face'),
    cashAsset: e.number('cashAsset'),
    dueDay: e.number('dueDay'),
    termsHash: e.word('termsHash'),
    documentHash: e.word('documentHash'),
    evidenceHash: e.word('evidenceHash'),
  }),
  TransferSingle: (e) => ({
    name: 'TransferSingle',
    from: e.address('from'),
    to: e.address('to'),
    id: e.word('id'),
    units: e.amount('value'),
  }),
  Passed: (e) => ({
    name: 'Passed',
    id: e.word('id'),
    from: e.number('from'),
    to: e.number('to'),
    units: e.amount('units'),
    evidence: e.word('evidence'),
  }),
  Paid: (e) => ({
    name: 'Paid',
    id: e.word('id'),
    payer: e.number('payer'),
    amount: e.amount('amount'),
    paidAfter: e.amount('paidAfter'),
    status: e.number('status'),
  }),
  Claimed: (e) => ({
    name: 'Claimed',
    id: e.word('id'),
    holder: e.number('holder'),
    amount: e.amount('amount'),
    claimedAfter: e.amount('claimedAfter'),
  }),
  Surrendered: (e) => ({
    name: 'Surrendered',
    id: e.word('id'),
    holder: e.number('holder'),
    units: e.amount('units'),
    settled: e.amount('settled'),
    faceAfter: e.amount('faceAfter'),
    paidAfter: e.amount('paidAfter'),
    status: e.number('status'),
    reasonHash: e.word('reasonHash'),
  }),
  Cancelled: (e) => ({
    name: 'Cancelled',
    id: e.word('id'),
    holder: e.number('holder'),
    face: e.amount('face'),
    reasonHash: e.word('reasonHash'),
  }),
  FreezeSet: (e) => ({
    name: 'FreezeSet',
    id: e.word('id'),
    holder: e.number('holder'),
    units: e.amount('units'),
    until: e.number('until'),
  }),
  HoldSet: (e) => ({ name: 'HoldSet', id: e.word('id'), until: e.number('until') }),
  CaseCarriedOut: (e) => ({
    name: 'CaseCarriedOut',
    id: e.word('id'),
    from: e.number('from'),
    to: e.number('to'),
    units: e.amount('units'),
    claimed: e.amount('claimed'),
  }),
};

const DEPOSIT_MONEY: Record<string, Read> = {
  Transfer: (e) => ({ name: 'Transfer', from: e.address('from'), to: e.address('to'), amount: e.amount('value') }),
  Minted: (e) => ({
    name: 'Minted',
    member: e.number('member'),
    amount: e.amount('amount'),
    reference: e.word('referenceId'),
  }),
  Burned: (e) => ({ name: 'Burned', amount: e.amount('amount'), reference: e.word('referenceId') }),
  PayoutConfirmed: (e) => ({
    name: 'PayoutConfirmed',
    member: e.number('member'),
    amount: e.amount('amount'),
    reference: e.word('referenceId'),
  }),
};

const CREDIT_LIMITS: Record<string, Read> = {
  LimitSet: (e) => ({
    name: 'LimitSet',
    bank: e.number('bank'),
    obligorGroup: e.number('obligorGroup'),
    cashAsset: e.number('cashAsset'),
    limit: e.amount('limit'),
  }),
};

const EXCHANGE: Record<string, Read> = {
  Filled: (e) => ({
    name: 'Filled',
    id: e.word('id'),
    seller: e.number('seller'),
    buyer: e.number('buyer'),
    units: e.amount('units'),
    price: e.amount('price'),
    cashAsset: e.number('cashAsset'),
  }),
};

export interface RegisterAbis {
  readonly members: Interface;
  readonly payables: Interface;
  readonly exchange: Interface;
  readonly depositMoney: Interface;
  readonly creditLimits: Interface;
}

/** Events that say nothing the projection keeps; anything else that is unknown stops the indexer. */
const PASSED_OVER = new Set([
  'ApprovalForAll',
  'Approval',
  'Frozen',
  'ForcedTransfer',
  'CancelAgreed',
  'CaseOpened',
  'CaseWithdrawn',
  'IssuePolicyChanged',
  'PauseSet',
  'IssuanceRetired',
  'AuthorityUpdated',
  'KeyProposed',
  'KeyVetoed',
  'PayerChanged',
  'PayoutAsked',
  'PayoutReturned',
  'QuoteCancelled',
  'CreditLimitsChanged',
  'EIP712DomainChanged',
]);

/** Who speaks: the contracts of this register, by address. */
export interface RegisterAddresses {
  readonly members: Word;
  readonly payables: Word;
  readonly exchange: Word;
  readonly creditLimits: Word;
  readonly depositMoneys: readonly Word[];
}

interface Known {
  readonly layout: EventLayout;
  readonly read: Read;
}

/** Turns logs into events. Built once from the ABIs; throws there where code and ABI do not fit. */
export class EventDecoder {
  readonly #byContract = new Map<string, Map<string, Known | undefined>>();
  readonly #depositMoney: Map<string, Known | undefined>;

  constructor(abis: RegisterAbis, addresses: RegisterAddresses) {
    this.#depositMoney = table(abis.depositMoney, DEPOSIT_MONEY);
    this.#byContract.set(addresses.members, table(abis.members, MEMBERS));
    this.#byContract.set(addresses.payables, table(abis.payables, PAYABLES));
    this.#byContract.set(addresses.exchange, table(abis.exchange, EXCHANGE));
    this.#byContract.set(addresses.creditLimits, table(abis.creditLimits, CREDIT_LIMITS));
    for (const token of addresses.depositMoneys) this.addDepositMoney(token);
  }

  addDepositMoney(token: Word): void {
    this.#byContract.set(token, this.#depositMoney);
  }

  /** All addresses whose logs matter. */
  get addresses(): string[] {
    return [...this.#byContract.keys()];
  }

  /** Undefined for events the projection has no use for. Throws ProjectionFault for events it does not know. */
  decode(log: ChainLog): RegisterEvent | undefined {
    const events = this.#byContract.get(log.address);
    const topic = log.topics[0];
    if (events === undefined || topic === undefined || !events.has(topic)) {
      throw new ProjectionFault(
        `log ${log.logIndex} of block ${log.blockNumber} is an event this version does not know`,
      );
    }
    const known = events.get(topic);
    if (known === undefined) return undefined;
    const at: At = { logIndex: log.logIndex, transactionHash: log.transactionHash, address: log.address };
    return { ...at, ...known.read(known.layout.read(log)) };
  }
}

const ZERO_WORD: Word = `0x${'0'.repeat(64)}`;
const BLANK: ChainLog = {
  address: '0x',
  topics: [ZERO_WORD, ZERO_WORD, ZERO_WORD, ZERO_WORD],
  data: `0x${'0'.repeat(64 * 16)}`,
  logIndex: 0,
  transactionHash: ZERO_WORD,
  blockNumber: 0,
  blockHash: ZERO_WORD,
};

function table(abi: Interface, readers: Record<string, Read>): Map<string, Known | undefined> {
  const events = new Map<string, Known | undefined>();
  abi.forEachEvent((event) => {
    if (PASSED_OVER.has(event.name)) events.set(event.topicHash, undefined);
  });
  for (const layout of layoutsOf(abi, Object.keys(readers))) {
    const read = readers[layout.name];
    if (read === undefined) continue;
    // Reads every field once: a field the ABI does not have is found here and not by the first log.
    read(layout.read(BLANK));
    events.set(layout.topic, { layout, read });
  }
  return events;
}
