import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { bytesOf } from '../../common/rows.js';
import { notifyChange } from '../../database/changes.js';
import { firstRow, rows } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';
import type { PaidEvent, SettledOperation } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';

const QuoteRow = z.object({ request_id: z.uuid(), bank_id: z.uuid() });
const RequestRow = z.object({ holder_id: z.uuid() });
const EndedRow = z.object({ id: z.uuid(), holder_id: z.uuid() });
const BankRow = z.object({ bank_id: z.uuid() });

/** Both legs of a sale are done, or neither: what that means for the quote, its rivals and the request. */
@Injectable()
export class FinancingEffects implements OnModuleInit {
  constructor(private readonly register: RegisterService) {}

  onModuleInit(): void {
    this.register.onSettled('FILL_QUOTE', { done: settled, failed: refused });
    this.register.onPaid(endRequests);
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

/** The request is open again for its other quotes, unless its time is over or the payable is being paid. */
async function refused(manager: EntityManager, operation: SettledOperation): Promise<void> {
  const quote = await endQuote(manager, operation, 'FAILED');
  if (!quote) return;
  const request = await firstRow(
    manager,
    RequestRow,
    `UPDATE app.financing_request f SET state = CASE WHEN f.expires_at <= $2 OR r.state <> 'OPEN' THEN 'EXPIRED' ELSE 'OPEN' END
     FROM app.payable p JOIN register.payable r ON r.payable_id = p.register_id
     WHERE p.id = f.payable_id AND f.id = $1 AND f.state = 'ACCEPTED' RETURNING f.holder_id`,
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

/** The request is locked before its quotes, as everywhere, so that two of its people and the register take turns. */
async function endQuote(manager: EntityManager, operation: SettledOperation, state: 'COMPLETED' | 'FAILED') {
  await manager.query(
    `SELECT FROM app.financing_request WHERE id = (SELECT request_id FROM app.quote WHERE id = $1) FOR UPDATE`,
    [operation.subjectId ?? null],
  );
  return firstRow(
    manager,
    QuoteRow,
    `UPDATE app.quote SET state = $3 WHERE id = $1 AND operation_id = $2 AND state = 'ACCEPTED'
     RETURNING request_id, bank_id`,
    [operation.subjectId ?? null, operation.id, state],
  );
}

/** After the first payment a holding moves only whole: open requests end, and their banks have limit and money back. */
async function endRequests(manager: EntityManager, event: PaidEvent): Promise<void> {
  const ended = await rows(
    manager,
    EndedRow,
    `UPDATE app.financing_request f SET state = 'EXPIRED' FROM app.payable p
     WHERE p.id = f.payable_id AND p.register_id = $1 AND f.state = 'OPEN' RETURNING f.id, f.holder_id`,
    [bytesOf(event.payable)],
  );
  for (const request of ended) {
    const lost = await rows(
      manager,
      BankRow,
      `UPDATE app.quote SET state = 'LOST', decided_at = $2 WHERE request_id = $1 AND state = 'OFFERED' RETURNING bank_id`,
      [request.id, event.occurredAt],
    );
    const banks = lost.map((row) => row.bank_id);
    await notifyChange(manager, 'financing', [request.holder_id, ...banks], request.id);
    await notifyChange(manager, 'credit', banks);
    await notifyChange(manager, 'cash', banks);
  }
}
