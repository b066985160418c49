import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Schema `ops`: what the machinery needs to be restarted anywhere. Nothing here is business data. */
export class Ops1764000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(UP);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA ops CASCADE');
  }
}

const UP = `
CREATE SCHEMA ops;

-- History is added to, never changed: any statement that tries is refused by the database itself.
CREATE FUNCTION ops.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

-- What a connection may do: the API serves people and never writes the projection or sees a key; the engine (sender and
-- indexer) does. Roles belong to the whole server, so that another database may have made them already, even just now.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'headwater_api') THEN CREATE ROLE headwater_api NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'headwater_indexer') THEN CREATE ROLE headwater_indexer NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

-- The identity of the register this database belongs to. A chain with another genesis or other code is refused.
-- The row is written before the first deployment transaction, the record when the deployment is complete.
CREATE TABLE ops.deployment (
  id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  chain_id bigint NOT NULL,
  genesis_hash bytea NOT NULL CHECK (length(genesis_hash) = 32),
  first_block bigint NOT NULL CHECK (first_block >= 0),
  record jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Signed bytes of the deployment, stored before they are sent, so that one broken off goes on with the same bytes.
CREATE TABLE ops.deployment_transaction (
  nonce bigint PRIMARY KEY CHECK (nonce >= 0),
  hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  raw bytea NOT NULL
);

-- Injected time: the demo clock's distance from the wall clock, stored with the data so that a restart keeps it.
CREATE TABLE ops.clock (
  id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  offset_seconds bigint NOT NULL DEFAULT 0
);
INSERT INTO ops.clock DEFAULT VALUES;

-- Custodial keys, encrypted (AES-256-GCM). One nonce lane a key: next_nonce is taken under the row lock.
CREATE TABLE ops.signing_key (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  purpose text NOT NULL CHECK (purpose ~ '^(MEMBER:[0-9]+|GOVERNANCE:[A-Z_]+)$'),
  address bytea NOT NULL UNIQUE CHECK (length(address) = 20),
  ciphertext bytea NOT NULL,
  iv bytea NOT NULL CHECK (length(iv) = 12),
  tag bytea NOT NULL CHECK (length(tag) = 16),
  master_key_version integer NOT NULL DEFAULT 1,
  next_nonce bigint NOT NULL DEFAULT 0 CHECK (next_nonce >= 0),
  retired_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX signing_key_active ON ops.signing_key (purpose) WHERE retired_at IS NULL;

-- The outbox: written in the business transaction, signed bytes stored before the first send, outcome resolved by hash.
CREATE TABLE ops.operation (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'SIGNED', 'SENT', 'DONE', 'FAILED')),
  organisation_id uuid,
  subject_id uuid,
  signer text NOT NULL,
  call jsonb NOT NULL,
  key_id uuid REFERENCES ops.signing_key,
  nonce bigint,
  signed_transaction bytea,
  transaction_hash bytea UNIQUE,
  block_number bigint,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  error_code text,
  error_detail text,
  correlation_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  CONSTRAINT operation_nonce_once UNIQUE (key_id, nonce),
  CONSTRAINT operation_signed CHECK (state IN ('QUEUED', 'FAILED') OR (nonce IS NOT NULL AND signed_transaction IS NOT NULL AND transaction_hash IS NOT NULL)),
  CONSTRAINT operation_settled CHECK ((state IN ('DONE', 'FAILED')) = (settled_at IS NOT NULL)),
  CONSTRAINT operation_failed CHECK ((state = 'FAILED') = (error_code IS NOT NULL))
);
CREATE INDEX operation_open ON ops.operation (next_attempt_at, id) WHERE state IN ('QUEUED', 'SIGNED', 'SENT');
CREATE INDEX operation_organisation ON ops.operation (organisation_id, id);
CREATE INDEX operation_subject ON ops.operation (subject_id);

-- The journal of the local chain: enough to rebuild it to the same block hashes.
CREATE TABLE ops.block (
  number bigint PRIMARY KEY,
  hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  parent_hash bytea NOT NULL CHECK (length(parent_hash) = 32),
  timestamp bigint NOT NULL
);
CREATE TABLE ops.block_transaction (
  block_number bigint NOT NULL REFERENCES ops.block ON DELETE CASCADE,
  position integer NOT NULL,
  hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  raw bytea NOT NULL,
  PRIMARY KEY (block_number, position)
);

-- How far the projection has come. halted says why the indexer refuses to go on.
CREATE TABLE ops.cursor (
  id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  block_number bigint NOT NULL DEFAULT -1,
  block_hash bytea,
  halted text
);
INSERT INTO ops.cursor DEFAULT VALUES;

-- One key, one effect: the row is written in the same transaction as the effect it stands for.
CREATE TABLE ops.idempotency (
  actor_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  request_hash bytea NOT NULL CHECK (length(request_hash) = 32),
  status smallint,
  body jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_age ON ops.idempotency (created_at);

-- Who did what, when: a hash chain, and the source of every object's timeline.
CREATE TABLE ops.audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  occurred_at timestamptz NOT NULL,
  event text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  organisation_id uuid,
  user_id uuid,
  visible_to uuid[] NOT NULL DEFAULT '{}',
  details jsonb NOT NULL DEFAULT '{}',
  correlation_id text,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32)
);
CREATE INDEX audit_subject ON ops.audit (subject_id, id);
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON ops.audit FOR EACH ROW EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON ops.audit FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
`;
