import { bytesOf } from '../../../common/rows.js';
import type { Queryable } from '../../../database/sql.js';
import type { BlockState } from './state.js';

/** Writes what a block changed: one statement a table, values passed as arrays. Only tables with changes are touched. */
export async function saveRows(db: Queryable, state: BlockState): Promise<void> {
  await saveMembers(db, state);
  await savePayables(db, state);
  await saveHoldings(db, state);
  await saveMoney(db, state);
  await saveCredit(db, state);
}

async function saveMembers(db: Queryable, state: BlockState): Promise<void> {
  const members = [...state.changedMembers].map((id) => state.member(id));
  if (members.length > 0) {
    await db.query(
      `INSERT INTO register.member (member_id, roles, obligor_group, status, valid_until, fingerprint_scheme, admitted_block)
       SELECT m, r, g, s, date '1970-01-01' + v, f, b
         FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::smallint[], $5::int[], $6::int[], $7::bigint[]) AS t(m, r, g, s, v, f, b)
       ON CONFLICT (member_id) DO UPDATE SET roles = EXCLUDED.roles, status = EXCLUDED.status,
         valid_until = EXCLUDED.valid_until, fingerprint_scheme = EXCLUDED.fingerprint_scheme`,
      [
        members.map((m) => m.memberId),
        members.map((m) => m.roles),
        members.map((m) => m.obligorGroup),
        members.map((m) => m.status),
        members.map((m) => m.validUntil),
        members.map((m) => m.fingerprintScheme),
        members.map((m) => m.admittedBlock),
      ],
    );
  }
  for (const key of state.keys) {
    await db.query(
      `INSERT INTO register.member_key (address, member_id, active) VALUES ($1, $2, $3)
       ON CONFLICT (address) DO UPDATE SET active = EXCLUDED.active`,
      [bytesOf(key.address), key.member, key.active],
    );
  }
  for (const asset of state.newCashAssets) {
    await db.query(
      'INSERT INTO register.cash_asset (cash_asset, currency, token, issuer_member) VALUES ($1, $2, $3, $4)',
      [asset.cashAsset, asset.currency, bytesOf(asset.token), asset.issuer],
    );
  }
}

async function savePayables(db: Queryable, state: BlockState): Promise<void> {
  const all = [...state.payables.values()];
  if (all.length === 0) return;
  await db.query(
    `INSERT INTO register.payable (payable_id, buyer_member, supplier_member, face, original_face, paid, claimed, cash_asset,
       due_day, state, held_until, fingerprint, revision, terms_hash, document_hash, evidence_hash, issued_at, issued_block)
     SELECT i, bu, su, f, o, p, c, a, date '1970-01-01' + d, s, to_timestamp(nullif(h, 0)), fp, re, t, doc, e, at, bl
       FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[],
         $8::int[], $9::int[], $10::text[], $11::bigint[], $12::bytea[], $13::int[], $14::bytea[], $15::bytea[],
         $16::bytea[], $17::timestamptz[], $18::bigint[])
         AS x(i, bu, su, f, o, p, c, a, d, s, h, fp, re, t, doc, e, at, bl)
     ON CONFLICT (payable_id) DO UPDATE SET face = EXCLUDED.face, paid = EXCLUDED.paid, claimed = EXCLUDED.claimed,
       state = EXCLUDED.state, held_until = EXCLUDED.held_until`,
    [
      all.map((p) => bytesOf(p.id)),
      all.map((p) => p.buyer),
      all.map((p) => p.supplier),
      all.map((p) => p.face.toString()),
      all.map((p) => p.originalFace.toString()),
      all.map((p) => p.paid.toString()),
      all.map((p) => p.claimed.toString()),
      all.map((p) => p.cashAsset),
      all.map((p) => p.dueDay),
      all.map((p) => p.status),
      all.map((p) => p.heldUntil),
      all.map((p) => bytesOf(p.fingerprint)),
      all.map((p) => p.revision),
      all.map((p) => bytesOf(p.termsHash)),
      all.map((p) => bytesOf(p.documentHash)),
      all.map((p) => bytesOf(p.evidenceHash)),
      all.map((p) => p.issuedAt),
      all.map((p) => p.issuedBlock),
    ],
  );
}

async function saveHoldings(db: Queryable, state: BlockState): Promise<void> {
  const all = [...state.holdings.values()];
  if (all.length > 0) {
    await db.query(
      `INSERT INTO register.holding (payable_id, member_id, units, frozen, frozen_until, claimed, received)
       SELECT i, m, u, f, to_timestamp(nullif(t, 0)), c, r
         FROM unnest($1::bytea[], $2::bigint[], $3::numeric[], $4::numeric[], $5::bigint[], $6::numeric[], $7::numeric[]) AS x(i, m, u, f, t, c, r)
       ON CONFLICT (payable_id, member_id) DO UPDATE SET units = EXCLUDED.units, frozen = EXCLUDED.frozen,
         frozen_until = EXCLUDED.frozen_until, claimed = EXCLUDED.claimed, received = EXCLUDED.received`,
      [
        all.map((h) => bytesOf(h.payable)),
        all.map((h) => h.member),
        all.map((h) => h.units.toString()),
        all.map((h) => h.frozen.toString()),
        all.map((h) => h.frozenUntil),
        all.map((h) => h.claimed.toString()),
        all.map((h) => h.received.toString()),
      ],
    );
  }
  const moves = state.movements;
  if (moves.length === 0) return;
  await db.query(
    `INSERT INTO register.movement (block_number, log_index, kind, payable_id, from_member, to_member, units, amount, evidence, transaction_hash, occurred_at)
     SELECT $1, l, k, i, f, t, u, a, e, h, $2
       FROM unnest($3::int[], $4::text[], $5::bytea[], $6::bigint[], $7::bigint[], $8::numeric[], $9::numeric[], $10::bytea[], $11::bytea[]) AS x(l, k, i, f, t, u, a, e, h)`,
    [
      state.number,
      state.time,
      moves.map((m) => m.logIndex),
      moves.map((m) => m.kind),
      moves.map((m) => bytesOf(m.payable)),
      moves.map((m) => m.from ?? null),
      moves.map((m) => m.to ?? null),
      moves.map((m) => m.units.toString()),
      moves.map((m) => m.amount?.toString() ?? null),
      moves.map((m) => (m.evidence === undefined ? null : bytesOf(m.evidence))),
      moves.map((m) => bytesOf(m.transactionHash)),
    ],
  );
}

async function saveMoney(db: Queryable, state: BlockState): Promise<void> {
  const deposits = [...state.deposits.values()];
  if (deposits.length > 0) {
    await db.query(
      `INSERT INTO register.deposit (cash_asset, member_id, balance)
       SELECT * FROM unnest($1::int[], $2::bigint[], $3::numeric[])
       ON CONFLICT (cash_asset, member_id) DO UPDATE SET balance = EXCLUDED.balance`,
      [deposits.map((d) => d.cashAsset), deposits.map((d) => d.member), deposits.map((d) => d.balance.toString())],
    );
  }
  const money = state.money;
  if (money.length === 0) return;
  await db.query(
    `INSERT INTO register.deposit_entry (block_number, log_index, kind, cash_asset, from_member, to_member, amount, payable_id, reference, transaction_hash, occurred_at)
     SELECT $1, l, k, c, f, t, a, p, r, h, $2
       FROM unnest($3::int[], $4::text[], $5::int[], $6::bigint[], $7::bigint[], $8::numeric[], $9::bytea[], $10::bytea[], $11::bytea[]) AS x(l, k, c, f, t, a, p, r, h)`,
    [
      state.number,
      state.time,
      money.map((m) => m.logIndex),
      money.map((m) => m.kind),
      money.map((m) => m.cashAsset),
      money.map((m) => m.from ?? null),
      money.map((m) => m.to ?? null),
      money.map((m) => m.amount.toString()),
      money.map((m) => (m.payable === undefined ? null : bytesOf(m.payable))),
      money.map((m) => (m.reference === undefined ? null : bytesOf(m.reference))),
      money.map((m) => bytesOf(m.transactionHash)),
    ],
  );
}

async function saveCredit(db: Queryable, state: BlockState): Promise<void> {
  const carried = [...state.carried.values()];
  if (carried.length > 0) {
    await db.query(
      `INSERT INTO register.carried (bank_member, obligor_group, cash_asset, units)
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::numeric[])
       ON CONFLICT (bank_member, obligor_group, cash_asset) DO UPDATE SET units = EXCLUDED.units`,
      [
        carried.map((c) => c.bank),
        carried.map((c) => c.obligorGroup),
        carried.map((c) => c.cashAsset),
        carried.map((c) => c.units.toString()),
      ],
    );
  }
  for (const limit of state.limits) {
    await db.query(
      `INSERT INTO register.credit_limit (bank_member, obligor_group, cash_asset, amount) VALUES ($1, $2, $3, $4)
       ON CONFLICT (bank_member, obligor_group, cash_asset) DO UPDATE SET amount = EXCLUDED.amount`,
      [limit.bank, limit.obligorGroup, limit.cashAsset, limit.amount.toString()],
    );
  }
}
