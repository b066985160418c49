import { z } from 'zod';
import { OPERATION_KINDS, OPERATION_STATES } from '../operations/operations.schemas.js';
import type { SettledOperation } from './register.js';

const bytesColumn = z.instanceof(Buffer).transform((bytes): `0x${string}` => `0x${bytes.toString('hex')}`);

/** Columns of ops.operation as the engine reads them. */
export const OperationRow = z.object({
  id: z.uuid(),
  kind: z.enum(OPERATION_KINDS),
  state: z.enum(OPERATION_STATES),
  organisation_id: z.uuid().nullable(),
  subject_id: z.uuid().nullable(),
  call: z.unknown(),
  nonce: z.coerce.number().int().nullable(),
  signed_transaction: bytesColumn.nullable(),
  transaction_hash: bytesColumn.nullable(),
  attempts: z.number().int(),
});
export type OperationRow = z.output<typeof OperationRow>;

export const OPERATION_COLUMNS =
  'id, kind, state, organisation_id, subject_id, call, nonce, signed_transaction, transaction_hash, attempts';

export function settled(
  row: Pick<OperationRow, 'id' | 'kind' | 'organisation_id' | 'subject_id'>,
  settledAt: Date,
  error?: { readonly code: string; readonly detail: string },
): SettledOperation {
  return {
    id: row.id,
    kind: row.kind,
    organisationId: row.organisation_id ?? undefined,
    subjectId: row.subject_id ?? undefined,
    settledAt,
    error,
  };
}
