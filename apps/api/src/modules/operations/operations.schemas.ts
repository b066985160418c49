import { z } from 'zod';
import { IdSchema, InstantSchema, PageQuerySchema, pageOf } from '../../common/schemas.js';

/** What the register is asked to do. One kind per verb; the sender knows no business beyond this list. */
export const OPERATION_KINDS = [
  'ADMIT_MEMBER',
  'UPDATE_MEMBER',
  'SET_CREDIT_LIMIT',
  'ISSUE_PAYABLE',
  'PASS_UNITS',
  'FILL_QUOTE',
  'PAY_PAYABLE',
  'CLAIM',
  'MINT_MONEY',
  'TRANSFER_MONEY',
  'BURN_MONEY',
] as const;

/**
 * QUEUED: stored with the business change, not signed. SIGNED: nonce taken, signed bytes stored. SENT: handed to the
 * register at least once. DONE: its events are in Postgres. FAILED: will never happen; `error` says why, effects undone.
 */
export const OPERATION_STATES = ['QUEUED', 'SIGNED', 'SENT', 'DONE', 'FAILED'] as const;

export const OperationSchema = z
  .object({
    id: IdSchema,
    kind: z.enum(OPERATION_KINDS),
    state: z.enum(OPERATION_STATES),
    subjectId: IdSchema.optional().meta({ description: 'The object this changes: invoice, transfer, payable, ...' }),
    error: z.object({ code: z.string(), detail: z.string() }).optional(),
    createdAt: InstantSchema,
    settledAt: InstantSchema.optional(),
  })
  .meta({ id: 'Operation' });

export const OperationPageSchema = pageOf(OperationSchema, 'OperationPage');
export const OperationQuerySchema = PageQuerySchema.extend({ state: z.enum(OPERATION_STATES).optional() });

/** For operations staff only: the one place where the machinery shows. */
export const RegisterStatusSchema = z
  .object({
    chainId: z.int(),
    head: z.object({ number: z.int(), hash: z.string(), time: InstantSchema }),
    indexed: z.object({ number: z.int(), hash: z.string() }),
    halted: z.string().optional().meta({ description: 'Why the indexer stopped, in words' }),
    contracts: z.array(z.object({ name: z.string(), address: z.string() })),
    queue: z.object({ waiting: z.int(), failed: z.int(), oldestSeconds: z.int() }),
  })
  .meta({ id: 'RegisterStatus' });

export type OperationKind = (typeof OPERATION_KINDS)[number];
export type OperationState = (typeof OPERATION_STATES)[number];
export type OperationResponse = z.infer<typeof OperationSchema>;
