import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { firstRow } from '../../database/sql.js';
import { noteEffect } from '../../database/timeline.js';
import type { SettledOperation } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';

const InvoiceRow = z.object({ id: z.uuid(), seller_id: z.uuid(), buyer_id: z.uuid() });
const PayableRow = z.object({ id: z.uuid(), reference: z.string() });

/** What follows when the register has issued a payable, or refused to. */
@Injectable()
export class ConfirmationsEffects implements OnModuleInit {
  constructor(private readonly register: RegisterService) {}

  onModuleInit(): void {
    this.register.onSettled('ISSUE_PAYABLE', {
      done: (manager, operation) => this.#issued(manager, operation),
      failed: (manager, operation) => this.#refused(manager, operation),
    });
  }

  async #issued(manager: EntityManager, operation: SettledOperation): Promise<void> {
    const invoice = await moveFromConfirming(manager, operation, 'CONFIRMED', null);
    if (!invoice) return;
    const organisationIds = [invoice.seller_id, invoice.buyer_id];
    const payable = await firstRow(manager, PayableRow, 'SELECT id, reference FROM app.payable WHERE invoice_id = $1', [
      invoice.id,
    ]);
    const details: Record<string, string> = payable ? { payable: payable.reference } : {};
    await noteEffect(manager, operation.settledAt, {
      event: 'invoice.confirmed',
      subjectType: 'invoice',
      subjectId: invoice.id,
      organisationIds,
      topics: ['invoices'],
      details,
    });
    if (!payable) return;
    await noteEffect(manager, operation.settledAt, {
      event: 'payable.issued',
      subjectType: 'payable',
      subjectId: payable.id,
      organisationIds,
      topics: ['payables', 'holdings'],
    });
  }

  /** As if it had not been decided: the buyer may propose again, and the payable that never was leaves no trace. */
  async #refused(manager: EntityManager, operation: SettledOperation): Promise<void> {
    const code = operation.error?.code ?? 'REGISTER_REFUSED';
    const invoice = await moveFromConfirming(manager, operation, 'SUBMITTED', code);
    if (!invoice) return;
    await manager.query('DELETE FROM app.payable WHERE invoice_id = $1', [invoice.id]);
    await manager.query(
      `UPDATE app.confirmation SET state = 'FAILED' WHERE invoice_id = $1 AND state = 'APPROVED' AND operation_id = $2`,
      [invoice.id, operation.id],
    );
    await noteEffect(manager, operation.settledAt, {
      event: 'invoice.confirmation_failed',
      subjectType: 'invoice',
      subjectId: invoice.id,
      organisationIds: [invoice.seller_id, invoice.buyer_id],
      topics: ['invoices'],
      details: { code },
    });
  }
}

async function moveFromConfirming(
  manager: EntityManager,
  operation: SettledOperation,
  state: 'CONFIRMED' | 'SUBMITTED',
  failure: string | null,
) {
  return firstRow(
    manager,
    InvoiceRow,
    `UPDATE app.invoice SET state = $2, failure = $3 WHERE id = $1 AND state = 'CONFIRMING'
     RETURNING id, seller_id, buyer_id`,
    [operation.subjectId ?? null, state, failure],
  );
}
