import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { firstRow, rows } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';
import type { SettledOperation } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';

const QuoteRow = z.object({ request_id: z.uuid(), bank_id: z.uuid() });
const RequestRow = z.object({ holder_id: z.uuid() });
const BankRow = z.object({ bank_id: z.uuid() });

/** Both legs of a sale are done, or neither: what that means for the quote, its rivals and the request. */
@Injectable()
export class FinancingEffects implements OnModuleInit {
  constructor(private readonly register: RegisterService) {}

  onModuleInit(): void {
    this.register.onSettled('FILL_QUOTE', { done: settled, failed: refused });
  }
}

async function settled(manager: EntityManager, operation: SettledOperation): Promise<void> {
  const quote = await endQuote(manager, operation, 'COMPLETED');
  if (!quote) return;
  const request = await firstRow(
    manager,
    RequestRow,
    `UPDATE app.financing_request SET state = 'COMPLETED' WHERE id = $1 AND state = 'ACCEPTED' RETURNING holder_id`,
    [quote.request_id],
  );
  const lost = await rows(
    manager,
    BankRow,
    `UPDATE app.quote SET state = CASE WHEN expires_at <= $2 THEN 'EXPIRED' ELSE 'LOST' END, decided_at = $2
     WHERE request_id = $1 AND state = 'OFFERED' RETURNING bank_id`,
    [quote.request_id, operation.settledAt],
  );
  const losers = lost.map((row) => row.bank_id);
  if (losers.length > 0) {
    await noteEffect(manager, operation.settledAt, {
      event: 'quote.lost',
      subjectType: 'financing_request',
      subjectId: quote.request_id,
      organisationIds: losers,
      topics: ['financing', 'credit', 'cash'],
    });
  }
  await noteEffect(manager, operation.settledAt, {
    event: 'financing.completed',
    subjectType: 'financing_request',
    subjectId: quote.request_id,
    organisationIds: [quote.bank_id, ...(request ? [request.holder_id] : [])],
    topics: ['financing', 'credit', 'cash', 'holdings', 'payables'],
  });
}

/** The request is open again for its other quotes, unless its own time is over. */
async function refused(manager: EntityManager, operation: SettledOperation): Promise<void> {
  const quote = await endQuote(manager, operation, 'FAILED');
  if (!quote) return;
  const request = await firstRow(
    manager,
    RequestRow,
    `UPDATE app.financing_request SET state = CASE WHEN expires_at <= $2 THEN 'EXPIRED' ELSE 'OPEN' END
     WHERE id = $1 AND state = 'ACCEPTED' RETURNING holder_id`,
    [quote.request_id, operation.settledAt],
  );
  await noteEffect(manager, operation.settledAt, {
    event: 'quote.failed',
    subjectType: 'financing_request',
    subjectId: quote.request_id,
    organisationIds: [quote.bank_id, ...(request ? [request.holder_id] : [])],
    topics: ['financing', 'credit', 'cash', 'holdings'],
    details: { code: operation.error?.code ?? 'REGISTER_REFUSED' },
  });
}

function endQuote(manager: EntityManager, operation: SettledOperation, state: 'COMPLETED' | 'FAILED') {
  return firstRow(
    manager,
    QuoteRow,
    `UPDATE app.quote SET state = $3 WHERE id = $1 AND operation_id = $2 AND state = 'ACCEPTED'
     RETURNING request_id, bank_id`,
    [operation.subjectId ?? null, operation.id, state],
  );
}
