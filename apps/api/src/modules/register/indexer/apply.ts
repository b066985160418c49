import { memberOfHolder, NOBODY } from '../chain/holder-address.js';
import type { Word } from '../register.js';
import type { At, IssuedEvent, RegisterEvent, SurrenderedEvent } from './events.js';
import { factsOfMoney } from './money-facts.js';
import { type BlockState, type HoldingState, type MovementFact, type PayableStatus, ProjectionFault } from './state.js';

/** Bit of the bank role, contracts/libraries/Roles.sol. */
const BANK = 4;
const STATUSES: readonly (PayableStatus | undefined)[] = [undefined, 'OPEN', 'PAYING', 'PAID', 'CLOSED', 'CANCELLED'];

/**
 * Applies the events of one block to the rows it touches: pure, in memory, no input or output. The same events in the
 * same order always give the same rows. Throws ProjectionFault where the log contradicts what is known.
 */
export function applyEvents(state: BlockState, events: readonly RegisterEvent[], payables: Word): void {
  // Units appear (TransferSingle) before the record speaks (Issued), and money moves before its asset is listed only
  // never; so records and assets come first.
  for (const event of events) {
    if (event.name === 'Issued') addPayable(state, event);
    if (event.name === 'CashAssetAdded') addCashAsset(state, event);
    if (event.name === 'MemberAdmitted') addMember(state, event);
  }
  for (const event of events) applyEvent(state, event);
  state.money.push(...factsOfMoney(state, events, payables));
}

function applyEvent(state: BlockState, event: RegisterEvent): void {
  switch (event.name) {
    case 'MemberExtended':
      changed(state, event.member).validUntil = event.validUntil;
      break;
    case 'MemberStatusChanged':
      changed(state, event.member).status = event.status;
      break;
    case 'MemberRolesChanged':
      changed(state, event.member).roles = event.roles;
      break;
    case 'FingerprintKeyCommitted':
      changed(state, event.member).fingerprintScheme = event.version;
      break;
    case 'KeyAdded':
    case 'KeyRemoved':
      state.keys.push({ address: event.key, member: event.member, active: event.name === 'KeyAdded' });
      break;
    case 'LimitSet':
      state.limits.push({ ...event, amount: event.limit });
      break;
    default:
      applyToPayable(state, event);
  }
}

// long: one case an event, each a line or two
function applyToPayable(state: BlockState, event: RegisterEvent): void {
  switch (event.name) {
    case 'TransferSingle':
      moveUnits(state, event.id, event.from, event.to, event.units);
      break;
    case 'Issued':
      move(state, event, {
        kind: 'ISSUE',
        payable: event.id,
        to: event.holder,
        units: event.face,
        evidence: event.evidenceHash,
      });
      break;
    case 'Passed':
      move(state, event, {
        kind: 'PASS',
        payable: event.id,
        from: event.from,
        to: event.to,
        units: event.units,
        evidence: event.evidence,
      });
      break;
    case 'Filled':
      move(state, event, {
        kind: 'SALE',
        payable: event.id,
        from: event.seller,
        to: event.buyer,
        units: event.units,
        amount: event.price,
      });
      break;
    case 'Paid':
      applyPaid(state, event);
      break;
    case 'Claimed':
      applyClaimed(state, event);
      break;
    case 'Surrendered':
      applySurrendered(state, event);
      break;
    case 'Cancelled':
      Object.assign(state.payable(event.id), { face: 0n, status: 'CANCELLED' });
      move(state, event, {
        kind: 'CANCEL',
        payable: event.id,
        from: event.holder,
        units: event.face,
        evidence: event.reasonHash,
      });
      break;
    case 'FreezeSet':
      Object.assign(state.holding(event.id, event.holder), { frozen: event.units, frozenUntil: event.until });
      move(state, event, { kind: 'FREEZE', payable: event.id, from: event.holder, units: event.units });
      break;
    case 'HoldSet':
      state.payable(event.id).heldUntil = event.until;
      break;
    case 'CaseCarriedOut':
      applyForced(state, event);
      break;
    default:
      break; // Money: see money-facts.ts.
  }
}

type Event<N extends RegisterEvent['name']> = Extract<RegisterEvent, { name: N }>;

function addMember(state: BlockState, event: Event<'MemberAdmitted'>): void {
  if (state.members.has(event.member)) throw new ProjectionFault(`member ${event.member} is admitted twice`);
  const { member: memberId, roles, obligorGroup, validUntil } = event;
  state.members.set(memberId, {
    memberId,
    roles,
    obligorGroup,
    validUntil,
    status: 1,
    fingerprintScheme: 0,
    admittedBlock: state.number,
  });
  state.changedMembers.add(memberId);
}

function changed(state: BlockState, member: number) {
  state.changedMembers.add(member);
  return state.member(member);
}

function addCashAsset(state: BlockState, event: Event<'CashAssetAdded'>): void {
  const asset = { cashAsset: event.index, currency: event.currency, token: event.token, issuer: event.bank };
  state.cashAssets.set(event.index, asset);
  state.newCashAssets.push(asset);
}

function addPayable(state: BlockState, event: IssuedEvent): void {
  if (state.payables.has(event.id)) throw new ProjectionFault(`payable ${event.id} is issued twice`);
  state.payables.set(event.id, {
    id: event.id,
    buyer: event.buyer,
    supplier: event.holder,
    cashAsset: event.cashAsset,
    originalFace: event.face,
    dueDay: event.dueDay,
    fingerprint: event.fingerprint,
    revision: event.revision,
    termsHash: event.termsHash,
    documentHash: event.documentHash,
    evidenceHash: event.evidenceHash,
    issuedAt: state.time,
    issuedBlock: state.number,
    face: event.face,
    paid: 0n,
    claimed: 0n,
    status: 'OPEN',
    heldUntil: 0,
  });
}

/** After the first payment a holding moves whole, with what was claimed on it; a forced part says its share by itself. */
function moveUnits(state: BlockState, id: Word, fromAddress: Word, toAddress: Word, units: bigint): void {
  const from = party(fromAddress);
  const to = party(toAddress);
  let claimed = 0n;
  if (from !== undefined) {
    const holding = state.holding(id, from);
    if (units > holding.units) throw new ProjectionFault(`member ${from} moves more of ${id} than it holds`);
    if (units === holding.units) claimed = holding.claimed;
    change(state, holding, -units, -claimed);
  }
  // What was claimed on burned units went with the claim.
  if (to !== undefined) change(state, state.holding(id, to), units, claimed);
}

/** The one place where a holding changes, so that what a bank carries always follows. */
function change(state: BlockState, holding: HoldingState, units: bigint, claimed: bigint): void {
  holding.units += units;
  holding.claimed += claimed;
  if ((state.member(holding.member).roles & BANK) === 0) return;
  const payable = state.payable(holding.payable);
  const group = state.member(payable.buyer).obligorGroup;
  state.carriedBy(holding.member, group, payable.cashAsset).units += units - claimed;
}

function applyPaid(state: BlockState, event: Event<'Paid'>): void {
  const payable = state.payable(event.id);
  if (payable.paid + event.amount !== event.paidAfter)
    throw new ProjectionFault(`payment of ${event.id} does not add up`);
  payable.paid = event.paidAfter;
  payable.status = statusOf(event.status);
  state.paid.push({ payable: event.id, payer: event.payer, amount: event.amount, paidAfter: event.paidAfter });
  move(state, event, { kind: 'PAYMENT', payable: event.id, from: event.payer, units: 0n, amount: event.amount });
}

function applyClaimed(state: BlockState, event: Event<'Claimed'>): void {
  const holding = state.holding(event.id, event.holder);
  if (holding.claimed + event.amount !== event.claimedAfter) {
    throw new ProjectionFault(`claim of member ${event.holder} on ${event.id} does not add up`);
  }
  change(state, holding, 0n, event.amount);
  holding.received += event.amount;
  state.payable(event.id).claimed += event.amount;
  move(state, event, { kind: 'CLAIM', payable: event.id, to: event.holder, units: 0n, amount: event.amount });
}

function applySurrendered(state: BlockState, event: At & SurrenderedEvent): void {
  const payable = state.payable(event.id);
  payable.face = event.faceAfter;
  payable.paid = event.paidAfter;
  payable.claimed -= event.settled;
  payable.status = statusOf(event.status);
  move(state, event, {
    kind: 'SURRENDER',
    payable: event.id,
    from: event.holder,
    units: event.units,
    evidence: event.reasonHash,
  });
}

function applyForced(state: BlockState, event: Event<'CaseCarriedOut'>): void {
  const source = state.holding(event.id, event.from);
  // The whole holding took its claims along already (moveUnits).
  if (source.units > 0n && event.claimed > 0n) {
    change(state, source, 0n, -event.claimed);
    change(state, state.holding(event.id, event.to), 0n, event.claimed);
  }
  move(state, event, { kind: 'FORCED', payable: event.id, from: event.from, to: event.to, units: event.units });
}

function move(state: BlockState, at: At, fact: Omit<MovementFact, 'logIndex' | 'transactionHash'>): void {
  state.movements.push({ ...fact, logIndex: at.logIndex, transactionHash: at.transactionHash });
}

function statusOf(status: number): PayableStatus {
  const known = STATUSES[status];
  if (known === undefined) throw new ProjectionFault(`a payable has the unknown status ${status}`);
  return known;
}

function party(address: Word): number | undefined {
  if (address === NOBODY) return undefined;
  const member = memberOfHolder(address);
  if (member === undefined) throw new ProjectionFault(`${address} holds units and is no member`);
  return member;
}
