import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Least privilege for the two kinds of connection. Runs last, so that it sees every table; later tables are covered by
 * default privileges. The login user may switch to both roles (`-c role=...` at connect).
 */
export class Grants1764000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(UP);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(DOWN);
  }
}

const UP = `
DO $$ BEGIN
  -- A superuser needs no grant, and asking for one from several databases at once would collide in the shared catalogue.
  IF NOT pg_has_role(current_user, 'headwater_api', 'SET') THEN EXECUTE format('GRANT headwater_api TO %I', current_user); END IF;
  IF NOT pg_has_role(current_user, 'headwater_indexer', 'SET') THEN EXECUTE format('GRANT headwater_indexer TO %I', current_user); END IF;
END $$;

GRANT USAGE ON SCHEMA app, ops, register TO headwater_api, headwater_indexer;

-- The engine: everything but the shape of the tables.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app, ops, register TO headwater_indexer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA app, ops, register TO headwater_indexer;
ALTER DEFAULT PRIVILEGES IN SCHEMA app, ops, register GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO headwater_indexer;
ALTER DEFAULT PRIVILEGES IN SCHEMA app, ops, register GRANT USAGE ON SEQUENCES TO headwater_indexer;

-- The API: writes its own side, reads the projection, asks the register only by adding to the outbox.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO headwater_api;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA app, ops TO headwater_api;
REVOKE INSERT, UPDATE, DELETE ON app.ledger_entry, app.ledger_posting FROM headwater_api;
GRANT SELECT ON ALL TABLES IN SCHEMA register TO headwater_api;
GRANT SELECT ON ops.deployment, ops.clock, ops.operation, ops.block, ops.block_transaction, ops.cursor, ops.idempotency, ops.audit TO headwater_api;
GRANT INSERT ON ops.operation, ops.audit TO headwater_api;
GRANT INSERT, UPDATE, DELETE ON ops.idempotency TO headwater_api;
GRANT UPDATE ON ops.clock TO headwater_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO headwater_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT USAGE ON SEQUENCES TO headwater_api;
ALTER DEFAULT PRIVILEGES IN SCHEMA register GRANT SELECT ON TABLES TO headwater_api;
`;

const DOWN = `
ALTER DEFAULT PRIVILEGES IN SCHEMA app, ops, register REVOKE ALL ON TABLES FROM headwater_api, headwater_indexer;
ALTER DEFAULT PRIVILEGES IN SCHEMA app, ops, register REVOKE ALL ON SEQUENCES FROM headwater_api, headwater_indexer;
REVOKE ALL ON ALL TABLES IN SCHEMA app, ops, register FROM headwater_api, headwater_indexer;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA app, ops, register FROM headwater_api, headwater_indexer;
REVOKE USAGE ON SCHEMA app, ops, register FROM headwater_api, headwater_indexer;
`;
