import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { dayAt, parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import type { Page } from '../../common/http/page.js';
import type { UploadedDocument } from '../../common/http/request.js';
import { isCurrency } from '../../common/money.js';
import { bytesOf } from '../../common/rows.js';
import { Config } from '../../config.js';
import { cashAssetOf } from '../../database/cash-assets.js';
import { organisationOf } from '../../database/organisations.js';
import { firstRow, rows } from '../../database/sql.js';
import { timelineOf } from '../../database/timeline.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import { FINGERPRINT_SCHEME_VERSION, fingerprint } from './fingerprint.js';
import { FingerprintKeys } from './fingerprint-keys.js';
import { type InvoiceFacts, judgeInvoice, moveInvoice, namesOrganisation, normaliseIdentifier } from './invoice.js';
import { findDocument, findInvoice, type InvoiceResponse, listInvoices, type StoredDocument } from './invoice-reads.js';
import {
  INVOICE_STATES,
  type InvoiceDetailSchema,
  type InvoiceQuerySchema,
  type SubmitInvoiceSchema,
} from './invoices.schemas.js';
import { readUblInvoice } from './ubl.js';

const IdRow = z.object({ id: z.uuid() });
const BuyerRow = z.object({ id: z.uuid(), country: z.string(), registry_number: z.string() });
const StateRow = z.object({
  state: z.enum(INVOICE_STATES),
  buyer_id: z.uuid(),
});

/** Invoices come in, are judged, and wait for the buyer. */
@Injectable()
export class InvoicesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: FingerprintKeys,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  list(actor: Actor, query: z.output<typeof InvoiceQuerySchema>): Promise<Page<InvoiceResponse>> {
    return listInvoices(this.dataSource, actor, query);
  }

  async get(actor: Actor, id: string): Promise<z.infer<typeof InvoiceDetailSchema>> {
    const invoice = await findInvoice(this.dataSource, actor, id);
    if (!invoice) throw new DomainError('NOT_FOUND');
    return { ...invoice, timeline: await timelineOf(this.dataSource, actor, id) };
  }

  async document(actor: Actor, id: string): Promise<StoredDocument> {
    const found = await findDocument(this.dataSource, actor, id);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /** Takes a UBL file. Errors: those of `readUblInvoice`, `judgeInvoice` and `#bringIn`. */
  upload(actor: Actor, document: UploadedDocument): Promise<InvoiceResponse> {
    return this.#bringIn(actor, readUblInvoice(document.content), document);
  }

  /** Takes the same facts typed in. Errors: CURRENCY_UNKNOWN and those of `judgeInvoice` and `#bringIn`. */
  submit(actor: Actor, body: z.output<typeof SubmitInvoiceSchema>): Promise<InvoiceResponse> {
    if (!isCurrency(body.currency)) throw new DomainError('CURRENCY_UNKNOWN', { currency: body.currency });
    const [net, tax, payable] = [BigInt(body.netMinor), BigInt(body.taxMinor), BigInt(body.payableMinor)];
    return this.#bringIn(actor, {
      typeCode: '380',
      number: body.number,
      issueDay: parseDay(body.issueDay),
      dueDay: parseDay(body.dueDay),
      currency: body.currency,
      seller: undefined,
      buyer: { identifiers: [normaliseIdentifier(body.buyerRegistryNumber)], country: undefined },
      payee: undefined,
      orderNumber: body.orderNumber,
      totals: {
        lines: [],
        allowances: [],
        charges: [],
        lineTotal: undefined,
        allowanceTotal: 0n,
        chargeTotal: 0n,
        net,
        tax,
        taxGroups: undefined,
        gross: net + tax,
        prepaid: 0n,
        rounding: 0n,
        payable,
      },
    });
  }

  /** Errors: SELLER_MISMATCH, CURRENCY_UNKNOWN, BUYER_UNKNOWN, INVOICE_DUPLICATE and those of `judgeInvoice`. */
  #bringIn(actor: Actor, facts: InvoiceFacts, document?: UploadedDocument): Promise<InvoiceResponse> {
    judgeInvoice(facts, dayAt(this.clock.now(), this.config.utcOffsetSeconds));
    return this.unitOfWork.write(actor, async (write) => {
      const seller = await organisationOf(write.manager, actor.organisationId);
      if (facts.seller && !namesOrganisation(facts.seller, seller)) {
        throw new DomainError('SELLER_MISMATCH', {
          named: facts.seller.identifiers,
          country: facts.seller.country ?? '',
        });
      }
      // Without deposit money in this currency the payable could never be paid.
      await cashAssetOf(write.manager, facts.currency);
      const buyerId = await this.#findBuyer(write, facts);
      const print = fingerprint(await this.keys.of(write.manager, buyerId), {
        sellerCountry: seller.country,
        sellerRegistryNumber: seller.registryNumber,
        invoiceNumber: facts.number,
        issueDay: facts.issueDay,
      });
      const documentId = document && (await storeDocument(write, document));
      const id = await insertInvoice(write, facts, buyerId, print, documentId);
      await write.audit({
        event: 'invoice.submitted',
        subjectType: 'invoice',
        subjectId: id,
        visibleTo: [buyerId],
        details: { number: facts.number },
      });
      await write.notify('invoices', [actor.organisationId, buyerId], id);
      return this.#read(write, id);
    });
  }

  /** By registry or VAT number, never by name. Identifiers that name two organisations name none. */
  async #findBuyer(write: Write, facts: InvoiceFacts): Promise<string> {
    const candidates = await rows(
      write.manager,
      BuyerRow,
      `SELECT id, country, registry_number FROM app.organisation
       WHERE state = 'ADMITTED' AND 'BUYER' = ANY (roles) AND id <> $2
         AND (regexp_replace(upper(registry_number), '[^A-Z0-9]', '', 'g') = ANY ($1)
           OR country || regexp_replace(upper(registry_number), '[^A-Z0-9]', '', 'g') = ANY ($1))
       LIMIT 3`,
      [facts.buyer.identifiers, write.actor.organisationId],
    );
    const named = candidates.filter((row) =>
      namesOrganisation(facts.buyer, { country: row.country, registryNumber: row.registry_number }),
    );
    const [buyer] = named;
    if (!buyer || named.length > 1) {
      throw new DomainError('BUYER_UNKNOWN', { named: facts.buyer.identifiers, country: facts.buyer.country ?? '' });
    }
    return buyer.id;
  }

  /** The supplier takes back an invoice nobody has decided on. Errors: NOT_FOUND, INVOICE_STATE. */
  withdraw(actor: Actor, id: string): Promise<InvoiceResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const row = await firstRow(
        write.manager,
        StateRow,
        'SELECT state, buyer_id FROM app.invoice WHERE id = $1 AND seller_id = $2 FOR UPDATE',
        [id, actor.organisationId],
      );
      if (!row) throw new DomainError('NOT_FOUND');
      const state = moveInvoice(row.state, 'WITHDRAWN');
      await write.manager.query('UPDATE app.invoice SET state = $2 WHERE id = $1', [id, state]);
      await write.audit({
        event: 'invoice.withdrawn',
        subjectType: 'invoice',
        subjectId: id,
        visibleTo: [row.buyer_id],
      });
      await write.notify('invoices', [actor.organisationId, row.buyer_id], id);
      return this.#read(write, id);
    });
  }

  async #read(write: Write, id: string): Promise<InvoiceResponse> {
    const invoice = await findInvoice(write.manager, write.actor, id);
    if (!invoice) throw new DomainError('NOT_FOUND');
    return invoice;
  }
}

/** Stored once an organisation and hash; the first name it came under stays. */
async function storeDocument(write: Write, document: UploadedDocument): Promise<string> {
  const hash = createHash('sha256').update(document.content).digest();
  const row = await firstRow(
    write.manager,
    IdRow,
    `INSERT INTO app.document (organisation_id, sha256, media_type, name, content, created_at)
     VALUES ($1, $2, 'application/xml', $3, $4, $5)
     ON CONFLICT (organisation_id, sha256) DO UPDATE SET name = app.document.name RETURNING id`,
    [write.actor.organisationId, hash, document.name, document.content, write.now],
  );
  if (!row) throw new Error('a document was neither stored nor found');
  return row.id;
}

/** The partial unique index decides every race. Errors: INVOICE_DUPLICATE, with the earlier invoice (same seller, so its own). */
async function insertInvoice(
  write: Write,
  facts: InvoiceFacts,
  buyerId: string,
  print: string,
  documentId: string | undefined,
): Promise<string> {
  const row = await firstRow(
    write.manager,
    IdRow,
    `INSERT INTO app.invoice (seller_id, buyer_id, number, issue_day, due_day, currency, amount, order_number, document_id,
       fingerprint, fingerprint_scheme, state, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'SUBMITTED', $12, $13)
     ON CONFLICT (buyer_id, fingerprint) WHERE state NOT IN ('REJECTED', 'WITHDRAWN') DO NOTHING RETURNING id`,
    [
      write.actor.organisationId,
      buyerId,
      facts.number,
      facts.issueDay,
      facts.dueDay,
      facts.currency,
      facts.totals.payable.toString(),
      facts.orderNumber ?? null,
      documentId ?? null,
      bytesOf(print),
      FINGERPRINT_SCHEME_VERSION,
      write.actor.userId,
      write.now,
    ],
  );
  if (row) return row.id;
  const earlier = await firstRow(
    write.manager,
    IdRow,
    `SELECT id FROM app.invoice WHERE buyer_id = $1 AND fingerprint = $2 AND seller_id = $3
       AND state NOT IN ('REJECTED', 'WITHDRAWN')`,
    [buyerId, bytesOf(print), write.actor.organisationId],
  );
  throw new DomainError('INVOICE_DUPLICATE', { number: facts.number, ...(earlier ? { invoiceId: earlier.id } : {}) });
}
