import { z } from 'zod';
import { bytesOf, minorColumn, wordColumn } from '../../../common/rows.js';
import { type Queryable, rows } from '../../../database/sql.js';
import { memberOfHolder } from '../chain/holder-address.js';
import type { Word } from '../register.js';
import type { RegisterEvent } from './events.js';
import { type BlockState, holdingKey } from './state.js';

const count = z.coerce.number().int();
const addressColumn = z.instanceof(Buffer).transform((bytes): Word => `0x${bytes.toString('hex')}`);
const seconds = z.coerce.number().int();

const MemberRow = z.object({
  member_id: count,
  roles: count,
  obligor_group: count,
  status: count,
  valid_until: count,
  fingerprint_scheme: count,
  admitted_block: count,
});
const AssetRow = z.object({ cash_asset: count, currency: z.string(), token: addressColumn, issuer_member: count });
const PayableRow = z.object({
  payable_id: wordColumn,
  buyer_member: count,
  supplier_member: count,
  face: minorColumn,
  original_face: minorColumn,
  paid: minorColumn,
  claimed: minorColumn,
  cash_asset: count,
  due_day: count,
  state: z.enum(['OPEN', 'PAYING', 'PAID', 'CANCELLED', 'CLOSED']),
  held_until: seconds,
  fingerprint: wordColumn,
  revision: count,
  terms_hash: wordColumn,
  document_hash: wordColumn,
  evidence_hash: wordColumn,
  issued_at: z.date(),
  issued_block: count,
});
const HoldingRow = z.object({
  payable_id: wordColumn,
  member_id: count,
  units: minorColumn,
  frozen: minorColumn,
  frozen_until: seconds,
  claimed: minorColumn,
  received: minorColumn,
});
const DepositRow = z.object({ cash_asset: count, member_id: count, balance: minorColumn });
const CarriedRow = z.object({ bank_member: count, obligor_group: count, cash_asset: count, units: minorColumn });

/** Which rows the events will touch. */
interface Touched {
  readonly members: Set<number>;
  readonly payables: Set<Word>;
  readonly holdings: Map<string, { payable: Word; member: number }>;
  readonly depositors: Set<number>;
}

function touchedBy(events: readonly RegisterEvent[]): Touched {
  const touched: Touched = { members: new Set(), payables: new Set(), holdings: new Map(), depositors: new Set() };
  const holding = (payable: Word, member: number | undefined): void => {
    if (member === undefined) return;
    touched.members.add(member);
    touched.holdings.set(holdingKey(payable, member), { payable, member });
  };
  for (const event of events) {
    if ('id' in event) touched.payables.add(event.id);
    if ('member' in event) touched.members.add(event.member);
    if (event.name === 'Issued') touched.members.add(event.buyer);
    if (event.name === 'TransferSingle') {
      holding(event.id, memberOfHolder(event.from));
      holding(event.id, memberOfHolder(event.to));
    }
    if (event.name === 'Claimed' || event.name === 'FreezeSet') holding(event.id, event.holder);
    if (event.name === 'CaseCarriedOut') {
      holding(event.id, event.from);
      holding(event.id, event.to);
    }
    if (event.name === 'Transfer') {
      for (const address of [event.from, event.to]) {
        const member = memberOfHolder(address);
        if (member !== undefined) touched.depositors.add(member);
      }
    }
  }
  return touched;
}

/** Reads every row the events may touch into `state`: a handful of statements whatever the number of events. */
export async function loadRows(db: Queryable, state: BlockState, events: readonly RegisterEvent[]): Promise<void> {
  const assets = await rows(db, AssetRow, 'SELECT cash_asset, currency, token, issuer_member FROM register.cash_asset');
  for (const asset of assets) {
    const { cash_asset: cashAsset, currency, token, issuer_member: issuer } = asset;
    state.cashAssets.set(cashAsset, { cashAsset, currency, token, issuer });
  }
  const touched = touchedBy(events);
  await loadPayables(db, state, touched);
  for (const payable of state.payables.values()) touched.members.add(payable.buyer);
  await loadMembers(db, state, [...touched.members]);
  await loadHoldings(db, state, touched);
  await loadDeposits(db, state, [...touched.depositors]);
  await loadCarried(db, state, touched);
}

async function loadPayables(db: Queryable, state: BlockState, touched: Touched): Promise<void> {
  if (touched.payables.size === 0) return;
  const found = await rows(
    db,
    PayableRow,
    `SELECT *, due_day - date '1970-01-01' AS due_day, coalesce(extract(epoch FROM held_until), 0)::bigint AS held_until
       FROM register.payable WHERE payable_id = ANY($1)`,
    [[...touched.payables].map(bytesOf)],
  );
  for (const row of found) {
    state.payables.set(row.payable_id, {
      id: row.payable_id,
      buyer: row.buyer_member,
      supplier: row.supplier_member,
      cashAsset: row.cash_asset,
      originalFace: row.original_face,
      dueDay: row.due_day,
      fingerprint: row.fingerprint,
      revision: row.revision,
      termsHash: row.terms_hash,
      documentHash: row.document_hash,
      evidenceHash: row.evidence_hash,
      issuedAt: row.issued_at,
      issuedBlock: row.issued_block,
      face: row.face,
      paid: row.paid,
      claimed: row.claimed,
      status: row.state,
      heldUntil: row.held_until,
    });
  }
}

async function loadMembers(db: Queryable, state: BlockState, members: readonly number[]): Promise<void> {
  if (members.length === 0) return;
  const found = await rows(
    db,
    MemberRow,
    `SELECT *, valid_until - date '1970-01-01' AS valid_until FROM register.member WHERE member_id = ANY($1)`,
    [members],
  );
  for (const row of found) {
    state.members.set(row.member_id, {
      memberId: row.member_id,
      roles: row.roles,
      obligorGroup: row.obligor_group,
      status: row.status,
      validUntil: row.valid_until,
      fingerprintScheme: row.fingerprint_scheme,
      admittedBlock: row.admitted_block,
    });
  }
}

async function loadHoldings(db: Queryable, state: BlockState, touched: Touched): Promise<void> {
  if (touched.holdings.size === 0) return;
  const wanted = [...touched.holdings.values()];
  const found = await rows(
    db,
    HoldingRow,
    `SELECT h.*, coalesce(extract(epoch FROM h.frozen_until), 0)::bigint AS frozen_until
       FROM register.holding h
       JOIN unnest($1::bytea[], $2::bigint[]) AS w(payable_id, member_id) USING (payable_id, member_id)`,
    [wanted.map((w) => bytesOf(w.payable)), wanted.map((w) => w.member)],
  );
  for (const row of found) {
    state.holdings.set(holdingKey(row.payable_id, row.member_id), {
      payable: row.payable_id,
      member: row.member_id,
      units: row.units,
      frozen: row.frozen,
      frozenUntil: row.frozen_until,
      claimed: row.claimed,
      received: row.received,
    });
  }
}

async function loadDeposits(db: Queryable, state: BlockState, members: readonly number[]): Promise<void> {
  if (members.length === 0) return;
  const found = await rows(db, DepositRow, 'SELECT * FROM register.deposit WHERE member_id = ANY($1)', [members]);
  for (const row of found) {
    const { cash_asset: cashAsset, member_id: member, balance } = row;
    state.deposits.set(`${cashAsset}:${member}`, { cashAsset, member, balance });
  }
}

async function loadCarried(db: Queryable, state: BlockState, touched: Touched): Promise<void> {
  const holders = [...touched.holdings.values()].map((holding) => holding.member);
  if (holders.length === 0) return;
  const found = await rows(db, CarriedRow, 'SELECT * FROM register.carried WHERE bank_member = ANY($1)', [holders]);
  for (const row of found) {
    const { bank_member: bank, obligor_group: obligorGroup, cash_asset: cashAsset, units } = row;
    state.carried.set(`${bank}:${obligorGroup}:${cashAsset}`, { bank, obligorGroup, cashAsset, units });
  }
}
