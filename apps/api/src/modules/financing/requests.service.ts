import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import type { Page } from '../../common/http/page.js';
import { Config } from '../../config.js';
import { firstRow, rows } from '../../database/sql.js';
import { UnitOfWork, type Write } from '../../database/unit-of-work.js';
import { PayablesService } from '../payables/payables.service.js';
import { requireBeforeDue, reserveUnits } from '../payables/reservations.js';
import { fairPrice } from '../pricing/pricing.js';
import { moveRequest } from './financing.js';
import type { AskFinancingSchema, FinancingRequestDetailSchema, RequestQuerySchema } from './financing.schemas.js';
import { fromPriceResponse, type QuoteResponse } from './quotes.repository.js';
import { findRequest, listRequests, lockRequest, type RequestResponse } from './requests.repository.js';

type RequestDetail = z.infer<typeof FinancingRequestDetailSchema>;

const HOUR_MS = 3_600_000;
const IdRow = z.object({ id: z.uuid() });
const BankRow = z.object({ bank_id: z.uuid() });

/** A holder asks banks for cash against units of a payable. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly payables: PayablesService,
    private readonly config: Config,
  ) {}

  list(actor: Actor, query: z.output<typeof RequestQuerySchema>): Promise<Page<RequestResponse>> {
    return listRequests(this.dataSource, this.payables.reader(actor), query);
  }

  async get(actor: Actor, id: string): Promise<RequestDetail> {
    const { request, quotes } = await findRequest(this.dataSource, this.payables.reader(actor), id);
    const isHolder = request.holder.id === actor.organisationId;
    return { ...request, quotes: quotes.map((quote) => (isHolder ? this.#withFairPrice(quote, request) : quote)) };
  }

  /** The card is left out where no reference rate is configured for the currency: no comparison is better than a wrong one. */
  #withFairPrice(quote: QuoteResponse, request: RequestResponse): RequestDetail['quotes'][number] {
    const loan = this.config.referenceLoans[request.payable.face.currency];
    if (!loan) return quote;
    const card = fairPrice(fromPriceResponse(quote.price), loan);
    return {
      ...quote,
      fairPrice: {
        price: quote.price,
        holdToMaturity: { proceeds: card.holdToMaturity.proceeds.toString(), days: card.holdToMaturity.days },
        bankLoan: { ...card.bankLoan, cost: card.bankLoan.cost.toString() },
        warning: card.warning,
      },
    };
  }

  /** Errors: FORBIDDEN (a bank), DUE_DAY_PAST and those of `reserveUnits`. */
  ask(actor: Actor, payableId: string, body: z.output<typeof AskFinancingSchema>): Promise<RequestResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      if (actor.memberRoles.includes('BANK')) throw new DomainError('FORBIDDEN');
      const reader = this.payables.reader(actor);
      const holding = await reserveUnits(write, reader, payableId, BigInt(body.units));
      requireBeforeDue(holding, reader);
      const row = await firstRow(
        write.manager,
        IdRow,
        `INSERT INTO app.financing_request (payable_id, holder_id, units, state, created_by, created_at, expires_at)
         VALUES ($1, $2, $3, 'OPEN', $4, $5, $6) RETURNING id`,
        [
          payableId,
          actor.organisationId,
          body.units,
          actor.userId,
          write.now,
          new Date(write.now.getTime() + body.expiresInHours * HOUR_MS),
        ],
      );
      if (!row) throw new Error('a financing request was not stored');
      await write.audit({
        event: 'financing.requested',
        subjectType: 'financing_request',
        subjectId: row.id,
        details: { payable: holding.payable.reference, units: body.units },
      });
      await write.notify('financing', [actor.organisationId, ...(await admittedBanks(write))], row.id);
      await write.notify('holdings', [actor.organisationId], payableId);
      return (await findRequest(write.manager, reader, row.id)).request;
    });
  }

  /** The holder changes its mind; open quotes are lost with the request. Errors: NOT_FOUND, FORBIDDEN, REQUEST_STATE. */
  withdraw(actor: Actor, id: string): Promise<RequestResponse> {
    return this.unitOfWork.write(actor, async (write) => {
      const request = await lockRequest(write, id);
      if (request.holder_id !== actor.organisationId) throw new DomainError('FORBIDDEN');
      moveRequest(request.state, 'WITHDRAWN');
      await write.manager.query(`UPDATE app.financing_request SET state = 'WITHDRAWN' WHERE id = $1`, [id]);
      const lost = await rows(
        write.manager,
        BankRow,
        `UPDATE app.quote SET state = 'LOST', decided_at = $2 WHERE request_id = $1 AND state = 'OFFERED' RETURNING bank_id`,
        [id, write.now],
      );
      const banks = lost.map((row) => row.bank_id);
      await write.audit({
        event: 'financing.withdrawn',
        subjectType: 'financing_request',
        subjectId: id,
        visibleTo: banks,
      });
      await write.notify('financing', [actor.organisationId, ...banks, ...(await admittedBanks(write))], id);
      await write.notify('credit', banks);
      await write.notify('cash', banks);
      await write.notify('holdings', [actor.organisationId], request.payable_id);
      return (await findRequest(write.manager, this.payables.reader(actor), id)).request;
    });
  }
}

/** Every bank may quote, so every bank is told. */
async function admittedBanks(write: Write): Promise<string[]> {
  const banks = await rows(
    write.manager,
    IdRow,
    `SELECT id FROM app.organisation WHERE state = 'ADMITTED' AND 'BANK' = ANY (roles)`,
  );
  return banks.map((row) => row.id);
}
