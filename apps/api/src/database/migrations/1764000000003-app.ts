import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Schema `app`: the private side. Amounts are whole minor units; every money column carries its CHECK. */
export class App1764000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(PEOPLE + TRADE + MONEY + HELD_BACK);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP SCHEMA app CASCADE');
  }
}

const PEOPLE = `
CREATE SCHEMA app;
CREATE DOMAIN app.minor AS numeric(30) CHECK (VALUE >= 0);
CREATE DOMAIN app.currency AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');

-- Buyers whose credit is one risk. The id is what the register counts by.
CREATE TABLE app.obligor_group (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

-- member_id is the organisation's number on the register, given once and never reused.
-- 1 and 2 are the operator's and the settlement bank's (common/founding.ts).
CREATE SEQUENCE app.member_id AS integer MINVALUE 1 START 3;
CREATE TABLE app.organisation (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  member_id integer NOT NULL UNIQUE DEFAULT nextval('app.member_id'),
  name text NOT NULL,
  registry_number text NOT NULL,
  country char(2) NOT NULL,
  roles text[] NOT NULL CHECK (cardinality(roles) > 0),
  obligor_group_id bigint REFERENCES app.obligor_group,
  state text NOT NULL CHECK (state IN ('APPLIED', 'ADMITTING', 'ADMITTED', 'SUSPENDED', 'REFUSED')),
  account_holder text,
  account_number text,
  -- Buyers only: the key of the invoice fingerprint, encrypted like a signing key; never leaves the server unasked.
  fingerprint_key bytea,
  valid_until date,
  refusal_reason text,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX organisation_registry_number ON app.organisation (country, upper(registry_number)) WHERE state <> 'REFUSED';
CREATE INDEX organisation_name ON app.organisation (lower(name));

CREATE TABLE app.app_user (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  organisation_id uuid NOT NULL REFERENCES app.organisation,
  email text NOT NULL CHECK (email = lower(email)),
  name text NOT NULL,
  password_hash text NOT NULL,
  roles text[] NOT NULL CHECK (cardinality(roles) > 0),
  removed_at timestamptz,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz
);
CREATE UNIQUE INDEX app_user_email ON app.app_user (email) WHERE removed_at IS NULL;
CREATE INDEX app_user_organisation ON app.app_user (organisation_id);

-- Only the hash of a session's token is stored: reading the table does not let anybody in.
CREATE TABLE app.session (
  token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
  user_id uuid NOT NULL REFERENCES app.app_user,
  authenticated_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_of_user ON app.session (user_id);

CREATE TABLE app.link (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  kind text NOT NULL CHECK (kind IN ('INVITE', 'RESET', 'ONBOARD')),
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  organisation_id uuid REFERENCES app.organisation,
  user_id uuid REFERENCES app.app_user,
  organisation_name text,
  email text NOT NULL,
  name text,
  roles text[] NOT NULL DEFAULT '{}',
  created_by uuid,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE INDEX link_organisation ON app.link (organisation_id) WHERE used_at IS NULL;
`;

const TRADE = `
-- Bytes as received, once per organisation and hash.
CREATE TABLE app.document (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  organisation_id uuid NOT NULL REFERENCES app.organisation,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  media_type text NOT NULL,
  name text NOT NULL,
  content bytea NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (organisation_id, sha256)
);

CREATE TABLE app.invoice (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  seller_id uuid NOT NULL REFERENCES app.organisation,
  buyer_id uuid NOT NULL REFERENCES app.organisation,
  number text NOT NULL,
  issue_day date NOT NULL,
  due_day date NOT NULL,
  currency app.currency NOT NULL,
  amount app.minor NOT NULL CHECK (amount > 0),
  order_number text,
  document_id uuid REFERENCES app.document,
  -- Keyed fingerprint of seller registry number, invoice number and issue year under the buyer's key.
  fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
  fingerprint_scheme smallint NOT NULL DEFAULT 1,
  revision integer NOT NULL DEFAULT 0,
  state text NOT NULL CHECK (state IN ('SUBMITTED', 'PROPOSED', 'CONFIRMING', 'CONFIRMED', 'REJECTED', 'WITHDRAWN')),
  failure text,
  created_by uuid NOT NULL REFERENCES app.app_user,
  created_at timestamptz NOT NULL,
  CHECK (due_day >= issue_day)
);
-- The same debt twice: at most one living invoice per buyer and fingerprint, whatever races.
CREATE UNIQUE INDEX invoice_alive ON app.invoice (buyer_id, fingerprint) WHERE state NOT IN ('REJECTED', 'WITHDRAWN');
CREATE INDEX invoice_seller ON app.invoice (seller_id, id);
CREATE INDEX invoice_buyer ON app.invoice (buyer_id, state, id);

-- The buyer's decision: a maker proposes, another person checks. evidence is exactly what both saw.
CREATE TABLE app.confirmation (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  invoice_id uuid NOT NULL REFERENCES app.invoice,
  decision text NOT NULL CHECK (decision IN ('CONFIRM', 'REJECT')),
  state text NOT NULL CHECK (state IN ('PROPOSED', 'APPROVED', 'DECLINED', 'FAILED')),
  due_day date NOT NULL,
  reason text,
  maker_id uuid NOT NULL REFERENCES app.app_user,
  proposed_at timestamptz NOT NULL,
  checker_id uuid REFERENCES app.app_user,
  decided_at timestamptz,
  evidence jsonb,
  evidence_hash bytea,
  operation_id uuid,
  CHECK (checker_id IS NULL OR checker_id <> maker_id OR state = 'DECLINED')
);
CREATE UNIQUE INDEX confirmation_open ON app.confirmation (invoice_id) WHERE state IN ('PROPOSED', 'APPROVED');

-- The private side of a payable: what people call it and where it came from. Written when the buyer's decision is final.
CREATE SEQUENCE app.payable_reference;
CREATE TABLE app.payable (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  reference text NOT NULL UNIQUE DEFAULT 'PAY-' || lpad(nextval('app.payable_reference')::text, 6, '0'),
  register_id bytea NOT NULL CHECK (length(register_id) = 32),
  invoice_id uuid NOT NULL REFERENCES app.invoice,
  buyer_id uuid NOT NULL REFERENCES app.organisation,
  supplier_id uuid NOT NULL REFERENCES app.organisation,
  currency app.currency NOT NULL,
  cash_asset integer NOT NULL,
  due_day date NOT NULL,
  salts jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX payable_register_id ON app.payable (register_id);

-- OFFERED and ACCEPTED reserve the sender's units.
CREATE TABLE app.transfer (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  payable_id uuid NOT NULL REFERENCES app.payable,
  from_id uuid NOT NULL REFERENCES app.organisation,
  to_id uuid NOT NULL REFERENCES app.organisation,
  units app.minor NOT NULL CHECK (units > 0),
  reference text NOT NULL,
  state text NOT NULL CHECK (state IN ('OFFERED', 'ACCEPTED', 'COMPLETED', 'REFUSED', 'WITHDRAWN', 'EXPIRED', 'FAILED')),
  reason text,
  salt bytea NOT NULL,
  offered_by uuid NOT NULL REFERENCES app.app_user,
  offered_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  decided_by uuid REFERENCES app.app_user,
  decided_at timestamptz,
  operation_id uuid,
  CHECK (from_id <> to_id)
);
CREATE INDEX transfer_from ON app.transfer (from_id, id);
CREATE INDEX transfer_to ON app.transfer (to_id, id);
CREATE INDEX transfer_reserving ON app.transfer (payable_id, from_id) WHERE state IN ('OFFERED', 'ACCEPTED');

-- OPEN and ACCEPTED reserve the holder's units.
CREATE TABLE app.financing_request (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  payable_id uuid NOT NULL REFERENCES app.payable,
  holder_id uuid NOT NULL REFERENCES app.organisation,
  units app.minor NOT NULL CHECK (units > 0),
  state text NOT NULL CHECK (state IN ('OPEN', 'ACCEPTED', 'COMPLETED', 'WITHDRAWN', 'EXPIRED', 'FAILED')),
  created_by uuid NOT NULL REFERENCES app.app_user,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX financing_request_holder ON app.financing_request (holder_id, id);
CREATE INDEX financing_request_open ON app.financing_request (state, id);
CREATE INDEX financing_request_reserving ON app.financing_request (payable_id, holder_id) WHERE state IN ('OPEN', 'ACCEPTED');

-- A bank's signed price. OFFERED and ACCEPTED block the bank's limit and set its money aside.
CREATE SEQUENCE app.quote_nonce;
CREATE TABLE app.quote (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  request_id uuid NOT NULL REFERENCES app.financing_request,
  bank_id uuid NOT NULL REFERENCES app.organisation,
  units app.minor NOT NULL CHECK (units > 0),
  rate_ppm integer NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
  days integer NOT NULL CHECK (days >= 0),
  discount app.minor NOT NULL,
  fee app.minor NOT NULL,
  proceeds app.minor NOT NULL CHECK (proceeds > 0),
  nonce bigint NOT NULL UNIQUE DEFAULT nextval('app.quote_nonce'),
  signature bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('OFFERED', 'ACCEPTED', 'COMPLETED', 'WITHDRAWN', 'EXPIRED', 'LOST', 'FAILED')),
  given_by uuid NOT NULL REFERENCES app.app_user,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  decided_by uuid REFERENCES app.app_user,
  decided_at timestamptz,
  operation_id uuid,
  CHECK (proceeds + discount + fee = units)
);
CREATE UNIQUE INDEX quote_one_open ON app.quote (request_id, bank_id) WHERE state IN ('OFFERED', 'ACCEPTED');
CREATE UNIQUE INDEX quote_one_winner ON app.quote (request_id) WHERE state IN ('ACCEPTED', 'COMPLETED');
CREATE INDEX quote_bank ON app.quote (bank_id, id);
`;

const MONEY = `
-- A buyer's (or guarantor's) payment under way; reserves the payer's money until the register has it.
CREATE TABLE app.payment (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  payable_id uuid NOT NULL REFERENCES app.payable,
  payer_id uuid NOT NULL REFERENCES app.organisation,
  amount app.minor NOT NULL CHECK (amount > 0),
  expected_paid app.minor NOT NULL,
  state text NOT NULL CHECK (state IN ('PAYING', 'PAID', 'FAILED')),
  requested_by uuid NOT NULL REFERENCES app.app_user,
  requested_at timestamptz NOT NULL,
  operation_id uuid
);
CREATE UNIQUE INDEX payment_one_open ON app.payment (payable_id) WHERE state = 'PAYING';

CREATE TABLE app.deposit (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  settlement_bank_id uuid NOT NULL REFERENCES app.organisation,
  organisation_id uuid NOT NULL REFERENCES app.organisation,
  currency app.currency NOT NULL,
  amount app.minor NOT NULL CHECK (amount > 0),
  bank_reference text NOT NULL,
  state text NOT NULL CHECK (state IN ('BOOKING', 'BOOKED', 'FAILED')),
  recorded_by uuid NOT NULL REFERENCES app.app_user,
  recorded_at timestamptz NOT NULL,
  operation_id uuid
);
CREATE UNIQUE INDEX deposit_reference ON app.deposit (settlement_bank_id, bank_reference) WHERE state <> 'FAILED';
CREATE INDEX deposit_organisation ON app.deposit (organisation_id, id);

-- REQUESTING: on its way to the settlement bank's holder address. CONFIRMING: being burned. RETURNING: on its way back.
CREATE TABLE app.payout (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  organisation_id uuid NOT NULL REFERENCES app.organisation,
  settlement_bank_id uuid NOT NULL REFERENCES app.organisation,
  currency app.currency NOT NULL,
  amount app.minor NOT NULL CHECK (amount > 0),
  account_holder text NOT NULL,
  account_number text NOT NULL,
  bank_reference text,
  reason text,
  state text NOT NULL CHECK (state IN ('REQUESTING', 'REQUESTED', 'CONFIRMING', 'PAID', 'RETURNING', 'RETURNED', 'FAILED')),
  requested_by uuid NOT NULL REFERENCES app.app_user,
  requested_at timestamptz NOT NULL,
  decided_by uuid REFERENCES app.app_user,
  decided_at timestamptz,
  operation_id uuid
);
CREATE INDEX payout_organisation ON app.payout (organisation_id, id);
CREATE INDEX payout_bank ON app.payout (settlement_bank_id, state, id);
CREATE UNIQUE INDEX payout_reference ON app.payout (settlement_bank_id, bank_reference) WHERE bank_reference IS NOT NULL AND state <> 'FAILED';

-- Double entry. An entry is one money event of the register; its postings sum to zero per currency, checked at commit.
CREATE TABLE app.ledger_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  occurred_at timestamptz NOT NULL,
  UNIQUE (block_number, log_index)
);
CREATE TABLE app.ledger_posting (
  entry_id bigint NOT NULL REFERENCES app.ledger_entry,
  line smallint NOT NULL,
  account text NOT NULL,
  currency app.currency NOT NULL,
  -- Positive = debit, negative = credit.
  amount numeric(31) NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (entry_id, line)
);
CREATE INDEX ledger_posting_account ON app.ledger_posting (account, currency);
CREATE FUNCTION app.ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM app.ledger_posting WHERE entry_id = NEW.entry_id GROUP BY currency HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'ledger entry % does not sum to zero', NEW.entry_id;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON app.ledger_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.ledger_entry_balances();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON app.ledger_entry FOR EACH ROW EXECUTE FUNCTION ops.refuse_change();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON app.ledger_posting FOR EACH ROW EXECUTE FUNCTION ops.refuse_change();
`;

/**
 * What is promised but not yet on the register. One definition each, so that no reader and no writer can count
 * differently. A promise counts until \`live_until\`, which is compared with the injected clock.
 */
const HELD_BACK = `
CREATE VIEW app.unit_reservation AS
  SELECT payable_id, from_id AS organisation_id, 'OFFERED' AS kind, units,
    CASE state WHEN 'ACCEPTED' THEN 'infinity' ELSE expires_at END AS live_until
  FROM app.transfer WHERE state IN ('OFFERED', 'ACCEPTED')
  UNION ALL
  SELECT payable_id, holder_id, 'REQUESTED', units, CASE state WHEN 'ACCEPTED' THEN 'infinity' ELSE expires_at END
  FROM app.financing_request WHERE state IN ('OPEN', 'ACCEPTED');

-- What the settlement bank got for payouts stands on its own balance until it is burned or sent back: not its to spend.
CREATE VIEW app.cash_reservation AS
  SELECT m.payer_id AS organisation_id, p.currency, m.amount, 'infinity'::timestamptz AS live_until
  FROM app.payment m JOIN app.payable p ON p.id = m.payable_id WHERE m.state = 'PAYING'
  UNION ALL
  SELECT q.bank_id, p.currency, q.proceeds, CASE q.state WHEN 'ACCEPTED' THEN 'infinity' ELSE q.expires_at END
  FROM app.quote q JOIN app.financing_request r ON r.id = q.request_id JOIN app.payable p ON p.id = r.payable_id
  WHERE q.state IN ('OFFERED', 'ACCEPTED')
  UNION ALL
  SELECT organisation_id, currency, amount, 'infinity' FROM app.payout WHERE state = 'REQUESTING'
  UNION ALL
  SELECT settlement_bank_id, currency, amount, 'infinity' FROM app.payout
  WHERE state IN ('REQUESTED', 'CONFIRMING', 'RETURNING');

CREATE VIEW app.limit_reservation AS
  SELECT q.bank_id, b.obligor_group_id, p.currency, q.units,
    CASE q.state WHEN 'ACCEPTED' THEN 'infinity' ELSE q.expires_at END AS live_until
  FROM app.quote q JOIN app.financing_request r ON r.id = q.request_id JOIN app.payable p ON p.id = r.payable_id
  JOIN app.organisation b ON b.id = p.buyer_id
  WHERE q.state IN ('OFFERED', 'ACCEPTED');
`;
