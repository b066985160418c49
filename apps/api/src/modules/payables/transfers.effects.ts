import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { bytesOf } from '../../common/rows.js';
import { notifyChange } from '../../database/changes.js';
import { firstRow, rows } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';
import type { PaidEvent, SettledOperation } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';

const TransferRow = z.object({ id: z.uuid(), payable_id: z.uuid(), from_id: z.uuid(), to_id: z.uuid() });

/** The register moved the units of an accepted transfer, or refused to: then they are free again with the sender. */
@Injectable()
export class TransfersEffects implements OnModuleInit {
  constructor(private readonly register: RegisterService) {}

  onModuleInit(): void {
    this.register.onSettled('PASS_UNITS', {
      done: (manager, operation) => end(manager, operation, 'COMPLETED', null),
      failed: (manager, operation) => end(manager, operation, 'FAILED', operation.error?.code ?? 'REGISTER_REFUSED'),
    });
    this.register.onPaid(endOffers);
  }
}

async function end(
  manager: EntityManager,
  operation: SettledOperation,
  state: 'COMPLETED' | 'FAILED',
  reason: string | null,
): Promise<void> {
  const transfer = await firstRow(
    manager,
    TransferRow,
    `UPDATE app.transfer SET state = $3, reason = $4 WHERE id = $1 AND operation_id = $2 AND state = 'ACCEPTED'
     RETURNING id, payable_id, from_id, to_id`,
    [operation.subjectId ?? null, operation.id, state, reason],
  );
  if (!transfer) return;
  const organisationIds = [transfer.from_id, transfer.to_id];
  const event = state === 'COMPLETED' ? 'transfer.completed' : 'transfer.failed';
  await noteEffect(manager, operation.settledAt, {
    event,
    subjectType: 'transfer',
    subjectId: transfer.id,
    organisationIds,
    topics: ['transfers', 'holdings', 'payables'],
    ...(reason === null ? {} : { details: { code: reason } }),
  });
}

/** After the first payment a holding moves only whole, so what was offered of it cannot be accepted any more. */
async function endOffers(manager: EntityManager, event: PaidEvent): Promise<void> {
  const ended = await rows(
    manager,
    TransferRow,
    `UPDATE app.transfer t SET state = 'EXPIRED', reason = 'PAYABLE_STATE', decided_at = $2 FROM app.payable p
     WHERE p.id = t.payable_id AND p.register_id = $1 AND t.state = 'OFFERED'
     RETURNING t.id, t.payable_id, t.from_id, t.to_id`,
    [bytesOf(event.payable), event.occurredAt],
  );
  for (const transfer of ended) {
    await notifyChange(manager, 'transfers', [transfer.from_id, transfer.to_id], transfer.id);
  }
}
