import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { canonicalJson, newSalt } from '../../common/canonical.js';
import { Clock } from '../../common/clock.js';
import { type Day, dayAt, parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { bytesOf } from '../../common/rows.js';
import { Config } from '../../config.js';
import { cashAssetOf } from '../../database/cash-assets.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import { findInvoice, type InvoiceResponse } from '../invoices/invoice-reads.js';
import type { ApproveDecisionSchema, DeclineSchema, ProposeDecisionSchema } from '../invoices/invoices.schemas.js';
import type { OperationResponse } from '../operations/operations.schemas.js';
import { RegisterService } from '../register/register.service.js';
import { agreeDueDay, decisionDigest, evidenceOf, type Signatory, termsOf } from './confirmation.js';
import {
  type DecidedInvoice,
  factsOf,
  lockInvoice,
  type OpenConfirmation,
  openConfirmation,
} from './confirmations.repository.js';

/** The buyer's decision on an invoice, with four eyes. Approval of a confirmation is what makes a payable. */
@Injectable()
export class ConfirmationsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly register: RegisterService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Errors: NOT_FOUND, CONFIRMATION_STATE, INVOICE_STATE and those of `agreeDueDay`. */
  propose(actor: Actor, invoiceId: string, body: z.output<typeof ProposeDecisionSchema>): Promise<InvoiceResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const invoice = await lockInvoice(write, invoiceId);
      if (invoice.state === 'PROPOSED') throw new DomainError('CONFIRMATION_STATE', { state: invoice.state });
      if (invoice.state !== 'SUBMITTED') throw new DomainError('INVOICE_STATE', { state: invoice.state });
      const dueDay =
        body.decision === 'CONFIRM'
          ? agreeDueDay(body.dueDay === undefined ? undefined : parseDay(body.dueDay), invoice.due_day, this.#today())
          : invoice.due_day;
      const reason = body.decision === 'REJECT' ? body.reason : undefined;
      const facts = factsOf(invoice, { decision: body.decision, reason, dueDay });
      await write.manager.query(
        `INSERT INTO app.confirmation (invoice_id, decision, state, due_day, reason, maker_id, proposed_at, evidence)
         VALUES ($1, $2, 'PROPOSED', $3, $4, $5, $6, $7)`,
        [
          invoiceId,
          body.decision,
          dueDay,
          reason ?? null,
          actor.userId,
          write.now,
          JSON.stringify(evidenceOf(facts, signatory(write), undefined)),
        ],
      );
      await write.manager.query(`UPDATE app.invoice SET state = 'PROPOSED', failure = NULL WHERE id = $1`, [invoiceId]);
      await write.audit({
        event: body.decision === 'CONFIRM' ? 'decision.confirmation_proposed' : 'decision.rejection_proposed',
        subjectType: 'invoice',
        subjectId: invoiceId,
        details: { dueDay },
      });
      await write.notify('invoices', [actor.organisationId, invoice.seller_id], invoiceId);
      return read(write, invoiceId);
    });
  }

  /** Another person says no to the proposal; the invoice waits for a new one. Errors: NOT_FOUND, CONFIRMATION_STATE. */
  decline(actor: Actor, invoiceId: string, body: z.output<typeof DeclineSchema>): Promise<InvoiceResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const invoice = await lockInvoice(write, invoiceId);
      const open = await openConfirmation(write, invoiceId);
      await write.manager.query(
        `UPDATE app.confirmation SET state = 'DECLINED', checker_id = $2, decided_at = $3, reason = $4 WHERE id = $1`,
        [open.id, actor.userId, write.now, body.reason],
      );
      await write.manager.query(`UPDATE app.invoice SET state = 'SUBMITTED' WHERE id = $1`, [invoiceId]);
      await write.audit({
        event: 'decision.declined',
        subjectType: 'invoice',
        subjectId: invoiceId,
        details: { reason: body.reason },
      });
      await write.notify('invoices', [actor.organisationId, invoice.seller_id], invoiceId);
      return read(write, invoiceId);
    });
  }

  /**
   * The second person agrees. A rejection ends here; a confirmation becomes a payable when the register has it. Errors:
   * NOT_FOUND, CONFIRMATION_STATE (also where the checker looked at something else), SAME_PERSON, FORBIDDEN,
   * DUE_DAY_PAST, ORGANISATION_NOT_ADMITTED.
   */
  approve(actor: Actor, invoiceId: string, body: z.output<typeof ApproveDecisionSchema>): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const invoice = await lockInvoice(write, invoiceId);
      const open = await openConfirmation(write, invoiceId);
      if (open.maker_id === actor.userId) throw new DomainError('SAME_PERSON');
      if (!actor.userRoles.includes('CHECKER')) throw new DomainError('FORBIDDEN');
      const reason = open.reason ?? undefined;
      const facts = factsOf(invoice, { decision: open.decision, reason, dueDay: open.due_day });
      const digest = decisionDigest(facts);
      // What the maker saw, what the checker saw and what is carried out are one and the same, or nothing happens.
      if (digest !== open.evidence.digest || (body?.digest !== undefined && body.digest !== digest)) {
        throw new DomainError('CONFIRMATION_STATE', { digest });
      }
      const evidence = evidenceOf(facts, open.evidence.maker, signatory(write));
      return open.decision === 'REJECT'
        ? this.#reject(write, invoice, open, evidence)
        : this.#confirm(write, invoice, open, facts, evidence);
    });
  }

  async #reject(
    write: Write,
    invoice: DecidedInvoice,
    open: OpenConfirmation,
    evidence: ReturnType<typeof evidenceOf>,
  ): Promise<OperationResponse> {
    await settle(write, open.id, evidence, undefined, undefined);
    await write.manager.query(`UPDATE app.invoice SET state = 'REJECTED' WHERE id = $1`, [invoice.id]);
    await write.audit({
      event: 'invoice.rejected',
      subjectType: 'invoice',
      subjectId: invoice.id,
      visibleTo: [invoice.seller_id],
      details: { reason: open.reason ?? '' },
    });
    await write.notify('invoices', [write.actor.organisationId, invoice.seller_id], invoice.id);
    const at = write.now.toISOString();
    // Nothing goes to the register, so there is nothing to wait for.
    return { id: open.id, kind: 'ISSUE_PAYABLE', state: 'DONE', subjectId: invoice.id, createdAt: at, settledAt: at };
  }

  async #confirm(
    write: Write,
    invoice: DecidedInvoice,
    open: OpenConfirmation,
    facts: ReturnType<typeof factsOf>,
    evidence: ReturnType<typeof evidenceOf>,
  ): Promise<OperationResponse> {
    agreeDueDay(open.due_day, invoice.due_day, this.#today());
    if (invoice.seller_state !== 'ADMITTED') throw new DomainError('ORGANISATION_NOT_ADMITTED', {});
    const salts = { terms: newSalt(), document: newSalt(), evidence: newSalt() };
    const evidenceHash = this.register.saltedHash(canonicalJson(evidence), salts.evidence);
    const registerId = this.register.payableId(write.actor.memberId, invoice.fingerprint, invoice.revision);
    const asset = await cashAssetOf(write.manager, invoice.currency);
    await write.manager.query(
      `INSERT INTO app.payable (register_id, invoice_id, buyer_id, supplier_id, currency, cash_asset, due_day, salts, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        bytesOf(registerId),
        invoice.id,
        write.actor.organisationId,
        invoice.seller_id,
        invoice.currency,
        asset.cashAsset,
        open.due_day,
        JSON.stringify(salts),
        write.now,
      ],
    );
    const operation = await this.register.enqueue(write.manager, {
      call: {
        kind: 'ISSUE_PAYABLE',
        buyerMember: write.actor.memberId,
        supplierMember: invoice.seller_member,
        fingerprint: invoice.fingerprint,
        revision: invoice.revision,
        face: invoice.amount,
        currency: invoice.currency,
        dueDay: open.due_day,
        termsHash: this.register.saltedHash(canonicalJson(termsOf(facts)), salts.terms),
        documentHash: this.register.saltedHash(
          canonicalJson(invoice.document_sha256 ?? evidence.facts),
          salts.document,
        ),
        evidenceHash,
      },
      organisationId: write.actor.organisationId,
      subjectId: invoice.id,
    });
    await settle(write, open.id, evidence, evidenceHash, operation.id);
    await write.manager.query(`UPDATE app.invoice SET state = 'CONFIRMING' WHERE id = $1`, [invoice.id]);
    await write.audit({
      event: 'invoice.confirmation_approved',
      subjectType: 'invoice',
      subjectId: invoice.id,
      visibleTo: [invoice.seller_id],
      details: { dueDay: open.due_day },
    });
    await write.notify('invoices', [write.actor.organisationId, invoice.seller_id], invoice.id);
    return operation;
  }

  #today(): Day {
    return dayAt(this.clock.now(), this.config.utcOffsetSeconds);
  }
}

/** The actor's part in the decision as it goes into the evidence. */
function signatory(write: Write): Signatory {
  return {
    userId: write.actor.userId,
    name: write.actor.userName,
    authenticatedAt: write.actor.authenticatedAt.toISOString(),
    actedAt: write.now.toISOString(),
  };
}

async function settle(
  write: Write,
  confirmationId: string,
  evidence: ReturnType<typeof evidenceOf>,
  evidenceHash: string | undefined,
  operationId: string | undefined,
): Promise<void> {
  await write.manager.query(
    `UPDATE app.confirmation SET state = 'APPROVED', checker_id = $2, decided_at = $3, evidence = $4, evidence_hash = $5,
       operation_id = $6 WHERE id = $1`,
    [
      confirmationId,
      write.actor.userId,
      write.now,
      JSON.stringify(evidence),
      evidenceHash === undefined ? null : bytesOf(evidenceHash),
      operationId ?? null,
    ],
  );
}

async function read(write: Write, id: string): Promise<InvoiceResponse> {
  const invoice = await findInvoice(write.manager, write.actor, id);
  if (!invoice) throw new DomainError('NOT_FOUND');
  return invoice;
}
