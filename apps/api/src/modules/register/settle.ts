import type { EntityManager } from 'typeorm';
import { notifyChange } from '../../database/changes.js';
import { affected } from '../../database/sql.js';
import { notifySettled } from './channels.js';
import type { Effects } from './effects.js';
import { type OperationRow, settled } from './operation-row.js';

type Row = Pick<OperationRow, 'id' | 'kind' | 'organisation_id' | 'subject_id'>;

/**
 * Ends an operation once, whoever comes first: state, effects of its module and messages in the caller's transaction.
 * `blockNumber` is the block that did it or refused it; absent where it was refused before it was sent.
 */
export async function settleOperation(
  manager: EntityManager,
  effects: Effects,
  row: Row,
  outcome: {
    readonly at: Date;
    readonly blockNumber?: number;
    readonly error?: { readonly code: string; readonly detail: string };
  },
): Promise<void> {
  const { at, blockNumber, error } = outcome;
  const ended = await affected(
    manager,
    `UPDATE ops.operation SET state = $2, settled_at = $3, block_number = $4, error_code = $5, error_detail = $6
      WHERE id = $1 AND state NOT IN ('DONE', 'FAILED') RETURNING id`,
    [
      row.id,
      error === undefined ? 'DONE' : 'FAILED',
      at,
      blockNumber ?? null,
      error?.code ?? null,
      error?.detail ?? null,
    ],
  );
  if (ended === 0) return;
  await effects.settle(manager, settled(row, at, error));
  await notifySettled(manager, row.id);
  if (row.organisation_id !== null) await notifyChange(manager, 'operations', [row.organisation_id], row.id);
}
