import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { dayAt } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import type { Page } from '../../common/http/page.js';
import { Config } from '../../config.js';
import { timelineOf } from '../../database/timeline.js';
import { movementsOf } from './movements.repository.js';
import {
  findHolding,
  findPayable,
  type HoldingResponse,
  listHoldings,
  listPayables,
  type PayableResponse,
  type Reader,
} from './payable-reads.js';
import type { PayableDetailSchema, PayableQuerySchema } from './payables.schemas.js';

type PayableQuery = z.output<typeof PayableQuerySchema>;

/** Reading: the register's projection joined with the names people know. */
@Injectable()
export class PayablesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  reader(actor: Actor): Reader {
    const now = this.clock.now();
    return { actor, now, today: dayAt(now, this.config.utcOffsetSeconds) };
  }

  list(actor: Actor, query: PayableQuery): Promise<Page<PayableResponse>> {
    return listPayables(this.dataSource, this.reader(actor), query);
  }

  holdings(actor: Actor, query: PayableQuery): Promise<Page<HoldingResponse>> {
    return listHoldings(this.dataSource, this.reader(actor), query);
  }

  async get(actor: Actor, id: string): Promise<z.infer<typeof PayableDetailSchema>> {
    const reader = this.reader(actor);
    const found = await findPayable(this.dataSource, reader, id);
    if (!found) throw new DomainError('NOT_FOUND');
    const isBuyer = found.response.buyer.id === actor.organisationId;
    const [holding, movements, timeline] = await Promise.all([
      findHolding(this.dataSource, reader, id),
      movementsOf(this.dataSource, reader, found.registerId, isBuyer),
      timelineOf(this.dataSource, actor, id),
    ]);
    return { ...found.response, holding, movements, timeline };
  }
}
