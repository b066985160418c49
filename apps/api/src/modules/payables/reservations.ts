import { DomainError } from '../../common/errors.js';
import { guard } from '../../database/locks.js';
import type { Write } from '../../database/unit-of-work.js';
import { findHolding, type HoldingResponse, type Reader } from './payable-reads.js';

/**
 * Makes sure that the actor's organisation can promise `units` of a payable now. What is promised must be stored in this
 * same write: until it ends, nobody else of the organisation gets past this line for the same payable, so parallel
 * offers and requests can never sum to more than is held. Errors: NOT_FOUND (no part in this payable),
 * AMOUNT_NOT_POSITIVE, PAYABLE_STATE (paying has begun: a holding then moves only whole, on the register alone),
 * UNITS_NOT_AVAILABLE.
 */
export async function reserveUnits(
  write: Write,
  reader: Reader,
  payableId: string,
  units: bigint,
): Promise<HoldingResponse> {
  await guard(write.manager, 'holding', payableId, write.actor.organisationId);
  const holding = await findHolding(write.manager, reader, payableId);
  if (!holding) throw new DomainError('NOT_FOUND');
  if (units <= 0n) throw new DomainError('AMOUNT_NOT_POSITIVE', {});
  if (holding.payable.state !== 'OPEN') throw new DomainError('PAYABLE_STATE', { state: holding.payable.state });
  if (units > BigInt(holding.free)) {
    throw new DomainError('UNITS_NOT_AVAILABLE', { wanted: `${units}`, free: holding.free });
  }
  return holding;
}

/** Errors: DUE_DAY_PAST where the payable is due today or overdue. */
export function requireBeforeDue(holding: HoldingResponse, reader: Reader): void {
  const { dueDay, daysToDue } = holding.payable;
  if (daysToDue < 1) throw new DomainError('DUE_DAY_PAST', { dueDay, today: reader.today });
}
