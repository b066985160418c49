import type {
  Deposit,
  FinancingRequest,
  Invoice,
  Operation,
  Organisation,
  Payable,
  Payout,
  Quote,
  Transfer,
} from '../api/generated';

/** The states each list can be filtered by. The types keep these lists true to the API: a state it does not know does not compile. */
export const INVOICE_STATES = [
  'SUBMITTED',
  'PROPOSED',
  'CONFIRMING',
  'CONFIRMED',
  'REJECTED',
  'WITHDRAWN',
] as const satisfies readonly Invoice['state'][];
export const PAYABLE_STATES = [
  'OPEN',
  'PAYING',
  'PAID',
  'CANCELLED',
  'CLOSED',
] as const satisfies readonly Payable['state'][];
export const TRANSFER_STATES = [
  'OFFERED',
  'ACCEPTED',
  'COMPLETED',
  'REFUSED',
  'WITHDRAWN',
  'EXPIRED',
  'FAILED',
] as const satisfies readonly Transfer['state'][];
export const REQUEST_STATES = [
  'OPEN',
  'ACCEPTED',
  'COMPLETED',
  'WITHDRAWN',
  'EXPIRED',
  'FAILED',
] as const satisfies readonly FinancingRequest['state'][];
export const QUOTE_STATES = [
  'OFFERED',
  'ACCEPTED',
  'COMPLETED',
  'WITHDRAWN',
  'EXPIRED',
  'LOST',
  'FAILED',
] as const satisfies readonly Quote['state'][];
export const PAYOUT_STATES = [
  'REQUESTING',
  'REQUESTED',
  'CONFIRMING',
  'PAID',
  'RETURNING',
  'RETURNED',
  'FAILED',
] as const satisfies readonly Payout['state'][];
export const ORGANISATION_STATES = [
  'APPLIED',
  'ADMITTING',
  'ADMITTED',
  'SUSPENDED',
  'REFUSED',
] as const satisfies readonly Organisation['state'][];
export const OPERATION_STATES = [
  'QUEUED',
  'SIGNED',
  'SENT',
  'DONE',
  'FAILED',
] as const satisfies readonly Operation['state'][];

export type Tone = 'neutral' | 'info' | 'good' | 'wait' | 'bad';

type AnyState =
  | Invoice['state']
  | Payable['state']
  | Transfer['state']
  | FinancingRequest['state']
  | Quote['state']
  | Payout['state']
  | Deposit['state']
  | Organisation['state']
  | Operation['state']
  | 'OVERDUE';

/** What a state means to the eye. Colour never stands alone: every badge carries an icon and a word. */
export const TONES: Record<AnyState, Tone> = {
  SUBMITTED: 'info',
  PROPOSED: 'wait',
  CONFIRMING: 'info',
  CONFIRMED: 'good',
  REJECTED: 'bad',
  WITHDRAWN: 'neutral',
  OPEN: 'info',
  PAYING: 'wait',
  PAID: 'good',
  CANCELLED: 'neutral',
  CLOSED: 'neutral',
  OVERDUE: 'bad',
  OFFERED: 'wait',
  ACCEPTED: 'info',
  COMPLETED: 'good',
  REFUSED: 'bad',
  EXPIRED: 'neutral',
  FAILED: 'bad',
  LOST: 'neutral',
  REQUESTING: 'info',
  REQUESTED: 'wait',
  RETURNING: 'info',
  RETURNED: 'bad',
  BOOKING: 'info',
  BOOKED: 'good',
  APPLIED: 'wait',
  ADMITTING: 'info',
  ADMITTED: 'good',
  SUSPENDED: 'bad',
  QUEUED: 'neutral',
  SIGNED: 'info',
  SENT: 'info',
  DONE: 'good',
};
