import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Schema `register`: the projection of the register's log. Only the indexer writes here, and everything can be rebuilt
 * from the log, so no table of another schema refers to these rows by foreign key.
 */
export class Register1764000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(UP);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA register CASCADE');
  }
}

const UP = `
CREATE SCHEMA register;
CREATE DOMAIN register.units AS numeric(30) CHECK (VALUE >= 0);
CREATE DOMAIN register.word AS bytea CHECK (length(VALUE) = 32);

CREATE TABLE register.member (
  member_id bigint PRIMARY KEY,
  roles integer NOT NULL,
  obligor_group bigint NOT NULL,
  -- 1 active, 2 suspended, 3 removed
  status smallint NOT NULL,
  valid_until date NOT NULL,
  fingerprint_scheme integer NOT NULL DEFAULT 0,
  admitted_block bigint NOT NULL
);
CREATE TABLE register.member_key (
  address bytea PRIMARY KEY CHECK (length(address) = 20),
  member_id bigint NOT NULL,
  active boolean NOT NULL
);
CREATE TABLE register.cash_asset (
  cash_asset integer PRIMARY KEY,
  currency char(3) NOT NULL,
  token bytea NOT NULL CHECK (length(token) = 20),
  issuer_member bigint NOT NULL
);
CREATE TABLE register.payable (
  payable_id register.word PRIMARY KEY,
  buyer_member bigint NOT NULL,
  supplier_member bigint NOT NULL,
  face register.units NOT NULL,
  original_face register.units NOT NULL,
  paid register.units NOT NULL DEFAULT 0,
  claimed register.units NOT NULL DEFAULT 0,
  cash_asset integer NOT NULL,
  due_day date NOT NULL,
  state text NOT NULL CHECK (state IN ('OPEN', 'PAYING', 'PAID', 'CANCELLED', 'CLOSED')),
  held_until timestamptz,
  fingerprint register.word NOT NULL,
  revision integer NOT NULL,
  terms_hash register.word NOT NULL,
  document_hash register.word NOT NULL,
  evidence_hash register.word NOT NULL,
  issued_at timestamptz NOT NULL,
  issued_block bigint NOT NULL
);
CREATE INDEX payable_buyer ON register.payable (buyer_member, due_day);
CREATE TABLE register.holding (
  payable_id register.word NOT NULL,
  member_id bigint NOT NULL,
  units register.units NOT NULL,
  -- A freeze ends by itself at frozen_until and may be larger than what is held.
  frozen register.units NOT NULL DEFAULT 0,
  frozen_until timestamptz,
  -- claimed: paid out on the units held now, as the register counts. received: all this member was ever paid on it.
  claimed register.units NOT NULL DEFAULT 0,
  received register.units NOT NULL DEFAULT 0,
  PRIMARY KEY (payable_id, member_id)
);
CREATE INDEX holding_member ON register.holding (member_id) WHERE units > 0;

-- Facts, one row an event (or a part of one): append-only with their block, so that a rollback can be folded backwards.
CREATE TABLE register.movement (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  part integer NOT NULL DEFAULT 0,
  kind text NOT NULL CHECK (kind IN ('ISSUE', 'PASS', 'SALE', 'PAYMENT', 'CLAIM', 'SURRENDER', 'CANCEL', 'FREEZE', 'FORCED')),
  payable_id register.word NOT NULL,
  from_member bigint,
  to_member bigint,
  units register.units NOT NULL,
  amount register.units,
  evidence bytea,
  transaction_hash register.word NOT NULL,
  occurred_at timestamptz NOT NULL,
  PRIMARY KEY (block_number, log_index, part)
);
CREATE INDEX movement_payable ON register.movement (payable_id, block_number);

CREATE TABLE register.deposit (
  cash_asset integer NOT NULL,
  member_id bigint NOT NULL,
  balance register.units NOT NULL,
  PRIMARY KEY (cash_asset, member_id)
);
CREATE TABLE register.deposit_entry (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('MINT', 'BURN', 'TRANSFER', 'SALE', 'PAYMENT', 'CLAIM')),
  cash_asset integer NOT NULL,
  from_member bigint,
  to_member bigint,
  amount register.units NOT NULL,
  payable_id bytea,
  reference bytea,
  transaction_hash register.word NOT NULL,
  occurred_at timestamptz NOT NULL,
  PRIMARY KEY (block_number, log_index)
);
CREATE INDEX deposit_entry_from ON register.deposit_entry (from_member, block_number DESC, log_index DESC);
CREATE INDEX deposit_entry_to ON register.deposit_entry (to_member, block_number DESC, log_index DESC);
CREATE TABLE register.carried (
  bank_member bigint NOT NULL,
  obligor_group bigint NOT NULL,
  cash_asset integer NOT NULL,
  units register.units NOT NULL,
  PRIMARY KEY (bank_member, obligor_group, cash_asset)
);
CREATE TABLE register.credit_limit (
  bank_member bigint NOT NULL,
  obligor_group bigint NOT NULL,
  cash_asset integer NOT NULL,
  amount register.units NOT NULL,
  PRIMARY KEY (bank_member, obligor_group, cash_asset)
);
`;
