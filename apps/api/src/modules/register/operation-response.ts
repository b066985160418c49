import { z } from 'zod';
import { OPERATION_KINDS, OPERATION_STATES, type OperationResponse } from '../operations/operations.schemas.js';

export const OperationResponseRow = z.object({
  id: z.uuid(),
  kind: z.enum(OPERATION_KINDS),
  state: z.enum(OPERATION_STATES),
  subject_id: z.uuid().nullable(),
  error_code: z.string().nullable(),
  error_detail: z.string().nullable(),
  created_at: z.date(),
  settled_at: z.date().nullable(),
});

export const RESPONSE_COLUMNS = 'id, kind, state, subject_id, error_code, error_detail, created_at, settled_at';

/** An operation as its organisation sees it: no hash, no nonce. */
export function operationResponse(row: z.output<typeof OperationResponseRow>): OperationResponse {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    ...(row.subject_id === null ? {} : { subjectId: row.subject_id }),
    ...(row.error_code === null ? {} : { error: { code: row.error_code, detail: row.error_detail ?? '' } }),
    createdAt: row.created_at.toISOString(),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at.toISOString() }),
  };
}
