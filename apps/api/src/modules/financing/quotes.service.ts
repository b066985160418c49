import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { daysBetween } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import type { Page } from '../../common/http/page.js';
import { bytesOf, minorColumn } from '../../common/rows.js';
import { firstRow } from '../../database/sql.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import { requireLimit } from '../credit/limits.js';
import type { OperationResponse } from '../operations/operations.schemas.js';
import { PayablesService } from '../payables/payables.service.js';
import { requireCash } from '../payments/cash.js';
import { priceSale, type SalePrice } from '../pricing/pricing.js';
import type { QuoteTerms } from '../register/register.js';
import { RegisterService } from '../register/register.service.js';
import { moveQuote, moveRequest, quoteDeadline } from './financing.js';
import type { GiveQuoteSchema, PricePreviewSchema, QuoteQuerySchema } from './financing.schemas.js';
import {
  type LockedQuote,
  listQuotes,
  lockQuote,
  type PriceResponse,
  type QuoteListItem,
  type QuoteResponse,
  quotesOfRequests,
  requestOfQuote,
  toPriceResponse,
} from './quotes.repository.js';
import { findRequest, type LockedRequest, lockRequest } from './requests.repository.js';

const NonceRow = z.object({ nonce: minorColumn });
const IdRow = z.object({ id: z.uuid() });

/** A bank's signed, expiring price for exact units, and the holder's choice among them. */
@Injectable()
export class QuotesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly register: RegisterService,
    private readonly payables: PayablesService,
  ) {}

  list(actor: Actor, query: z.output<typeof QuoteQuerySchema>): Promise<Page<QuoteListItem>> {
    return listQuotes(this.dataSource, this.payables.reader(actor), query);
  }

  /** What a quote at this rate would pay; nothing is promised. Errors: NOT_FOUND, DUE_DAY_PAST, RATE_OUT_OF_RANGE. */
  async preview(actor: Actor, requestId: string, body: z.output<typeof PricePreviewSchema>): Promise<PriceResponse> {
    const { request } = await findRequest(this.dataSource, this.payables.reader(actor), requestId);
    const days = request.payable.daysToDue;
    return toPriceResponse(
      priceSale({ units: BigInt(request.units), ratePpm: body.ratePpm, days, fee: BigInt(body.feeMinor) }),
    );
  }

  /**
   * The bank promises: its limit is blocked and its money set aside until the quote ends. Errors: NOT_FOUND, REQUEST_STATE,
   * PAYABLE_STATE, QUOTE_EXISTS, LIMIT_EXCEEDED, FUNDS_NOT_AVAILABLE and those of `priceSale`.
   */
  give(actor: Actor, requestId: string, body: z.output<typeof GiveQuoteSchema>): Promise<QuoteResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const request = await lockRequest(write, requestId);
      if (request.state !== 'OPEN') throw new DomainError('REQUEST_STATE', { state: request.state });
      if (request.payable_state !== 'OPEN') throw new DomainError('PAYABLE_STATE', { state: request.payable_state });
      const reader = this.payables.reader(actor);
      const days = daysBetween(reader.today, request.due_day);
      const price = priceSale({ units: request.units, ratePpm: body.ratePpm, days, fee: BigInt(body.feeMinor) });
      await expireOwn(write, requestId);
      if (request.obligor_group === null) throw new DomainError('LIMIT_EXCEEDED', { reason: 'NO_OBLIGOR_GROUP' });
      await requireLimit(write, request.obligor_group, request.currency, request.units);
      await requireCash(write, request.currency, price.proceeds);
      const deadline = quoteDeadline(write.now, body.validMinutes, request.expires_at);
      const id = await this.#store(write, request, price, deadline);
      await write.audit({
        event: 'quote.given',
        subjectType: 'financing_request',
        subjectId: requestId,
        visibleTo: [request.holder_id],
        details: { bank: actor.organisationName, proceeds: price.proceeds.toString() },
      });
      await this.#tell(write, request, actor.organisationId);
      return readQuote(write, reader, requestId, id);
    });
  }

  async #store(write: Write, request: LockedRequest, price: SalePrice, deadline: Date): Promise<string> {
    const taken = await firstRow(write.manager, NonceRow, `SELECT nextval('app.quote_nonce') AS nonce`);
    if (!taken) throw new Error('the quote sequence gave no number');
    // The register counts seconds; what is signed and what is stored must be the same instant.
    const expiresAt = new Date(Math.floor(deadline.getTime() / 1000) * 1000);
    const signature = await this.register.signQuote({
      payable: request.register_id,
      bankMember: write.actor.memberId,
      holderMember: request.holder_member,
      units: request.units,
      price: price.proceeds,
      currency: request.currency,
      nonce: taken.nonce,
      deadline: expiresAt,
    });
    const row = await firstRow(
      write.manager,
      IdRow,
      `INSERT INTO app.quote (request_id, bank_id, units, rate_ppm, days, discount, fee, proceeds, nonce, signature, state,
         given_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'OFFERED', $11, $12, $13)
       ON CONFLICT (request_id, bank_id) WHERE state IN ('OFFERED', 'ACCEPTED') DO NOTHING RETURNING id`,
      [
        request.id,
        write.actor.organisationId,
        price.units.toString(),
        price.ratePpm,
        price.days,
        price.discount.toString(),
        price.fee.toString(),
        price.proceeds.toString(),
        taken.nonce.toString(),
        bytesOf(signature),
        write.actor.userId,
        write.now,
        expiresAt,
      ],
    );
    if (!row) throw new DomainError('QUOTE_EXISTS', {});
    return row.id;
  }

  /**
   * The holder takes one quote; the others stay until the register has settled this one, in case it refuses. Errors:
   * NOT_FOUND, FORBIDDEN (the bank itself), QUOTE_STATE, QUOTE_EXPIRED, REQUEST_STATE, PAYABLE_STATE.
   */
  accept(actor: Actor, quoteId: string): Promise<OperationResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const request = await lockRequest(write, await requestOfQuote(write, quoteId));
      const quote = await lockQuote(write, quoteId);
      if (request.holder_id !== actor.organisationId) throw new DomainError('FORBIDDEN');
      if (quote.state === 'EXPIRED') throw new DomainError('QUOTE_EXPIRED', {});
      moveQuote(quote.state, 'ACCEPTED');
      if (quote.expires_at <= write.now)
        throw new DomainError('QUOTE_EXPIRED', { expiredAt: quote.expires_at.toISOString() });
      moveRequest(request.state, 'ACCEPTED');
      if (request.payable_state !== 'OPEN') throw new DomainError('PAYABLE_STATE', { state: request.payable_state });
      const operation = await this.register.enqueue(write.manager, {
        call: { kind: 'FILL_QUOTE', terms: termsOf(quote, request), signature: quote.signature },
        organisationId: actor.organisationId,
        subjectId: quoteId,
      });
      await write.manager.query(
        `UPDATE app.quote SET state = 'ACCEPTED', decided_by = $2, decided_at = $3, operation_id = $4 WHERE id = $1`,
        [quoteId, actor.userId, write.now, operation.id],
      );
      await write.manager.query(`UPDATE app.financing_request SET state = 'ACCEPTED' WHERE id = $1`, [request.id]);
      await write.audit({
        event: 'quote.accepted',
        subjectType: 'financing_request',
        subjectId: request.id,
        visibleTo: [quote.bank_id],
      });
      await this.#tell(write, request, quote.bank_id);
      return operation;
    });
  }

  /** The bank takes its price back while nobody has accepted it. Errors: NOT_FOUND, FORBIDDEN, QUOTE_STATE. */
  withdraw(actor: Actor, quoteId: string): Promise<QuoteResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const request = await lockRequest(write, await requestOfQuote(write, quoteId));
      const quote = await lockQuote(write, quoteId);
      if (quote.bank_id !== actor.organisationId) throw new DomainError('FORBIDDEN');
      if (quote.state === 'OFFERED' && quote.expires_at <= write.now) throw new DomainError('QUOTE_EXPIRED', {});
      moveQuote(quote.state, 'WITHDRAWN');
      await write.manager.query(
        `UPDATE app.quote SET state = 'WITHDRAWN', decided_by = $2, decided_at = $3 WHERE id = $1`,
        [quoteId, actor.userId, write.now],
      );
      await write.audit({
        event: 'quote.withdrawn',
        subjectType: 'financing_request',
        subjectId: request.id,
        visibleTo: [request.holder_id],
        details: { bank: actor.organisationName },
      });
      await this.#tell(write, request, actor.organisationId);
      return readQuote(write, this.payables.reader(actor), request.id, quoteId);
    });
  }

  async #tell(write: Write, request: LockedRequest, bankId: string): Promise<void> {
    await write.notify('financing', [request.holder_id, bankId], request.id);
    await write.notify('credit', [bankId]);
    await write.notify('cash', [bankId]);
  }
}

/** A quote of this bank whose time is over gives up its place, so that the bank can quote anew. */
async function expireOwn(write: Write, requestId: string): Promise<void> {
  await write.manager.query(
    `UPDATE app.quote SET state = 'EXPIRED' WHERE request_id = $1 AND bank_id = $2 AND state = 'OFFERED' AND expires_at <= $3`,
    [requestId, write.actor.organisationId, write.now],
  );
  const open = await firstRow(
    write.manager,
    IdRow,
    `SELECT id FROM app.quote WHERE request_id = $1 AND bank_id = $2 AND state IN ('OFFERED', 'ACCEPTED')`,
    [requestId, write.actor.organisationId],
  );
  if (open) throw new DomainError('QUOTE_EXISTS', { quoteId: open.id });
}

/** Exactly what the bank signed. */
function termsOf(quote: LockedQuote, request: LockedRequest): QuoteTerms {
  return {
    payable: quote.register_id,
    bankMember: quote.bank_member,
    holderMember: request.holder_member,
    units: quote.units,
    price: quote.proceeds,
    currency: quote.currency,
    nonce: quote.nonce,
    deadline: quote.expires_at,
  };
}

async function readQuote(
  write: Write,
  reader: ReturnType<PayablesService['reader']>,
  requestId: string,
  quoteId: string,
): Promise<QuoteResponse> {
  const quotes = (await quotesOfRequests(write.manager, reader, [requestId])).get(requestId) ?? [];
  const quote = quotes.find((candidate) => candidate.id === quoteId);
  if (!quote) throw new Error(`quote ${quoteId} was stored but cannot be read`);
  return quote;
}
