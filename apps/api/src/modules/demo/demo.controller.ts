import { Body, Controller, Get, Param, Post, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor } from '../../common/http/request.js';
import { Config } from '../../config.js';
import { ClockService } from './clock.service.js';
import { AdvanceClockSchema, ClockSchema, HealthSchema, MetaSchema, SampleInvoiceListSchema } from './demo.schemas.js';
import { type HealthResponse, HealthService } from './health.service.js';
import { MetaService } from './meta.service.js';
import { type SampleInvoice, sampleFile, sampleGross, sampleInvoices } from './sample-invoices.js';

/** What a page needs before sign-in, the clock, health, and what exists in demo mode only. */
@Controller()
export class DemoController {
  constructor(
    private readonly config: Config,
    private readonly clock: ClockService,
    private readonly meta: MetaService,
    private readonly health: HealthService,
  ) {}

  @Get('meta')
  @Access({ public: true })
  @Answers(200, MetaSchema)
  getMeta() {
    return this.meta.describe();
  }

  @Get('clock')
  @Access({ public: true })
  @Answers(200, ClockSchema)
  getClock() {
    return this.clock.read();
  }

  @Post('demo/clock/advance')
  @Access({ member: ['OPERATOR'] })
  @Answers(200, ClockSchema)
  advanceClock(
    @CurrentActor() actor: Actor,
    @Body({ schema: AdvanceClockSchema }) body: z.output<typeof AdvanceClockSchema>,
  ) {
    return this.clock.advance(actor, body);
  }

  @Get('demo/sample-invoices')
  @Access({})
  @Answers(200, SampleInvoiceListSchema)
  listSampleInvoices(@CurrentActor() actor: Actor) {
    const own = this.#samples().filter(({ invoice }) => invoice.seller.name === actor.organisationName);
    const items = own.map((sample) => ({
      name: sample.name,
      number: sample.invoice.number,
      buyer: sample.invoice.buyer.name,
      currency: sample.invoice.currency,
      payableMinor: sampleGross(sample).toString(),
    }));
    return { items };
  }

  @Get('demo/sample-invoices/:name')
  @Access({})
  @Answers(200, undefined, { mediaType: 'application/octet-stream' })
  downloadSampleInvoice(@Param('name') name: string): StreamableFile {
    const sample = this.#samples().find((one) => one.name === name);
    if (!sample) throw new DomainError('NOT_FOUND');
    return new StreamableFile(Buffer.from(sampleFile(sample), 'utf8'), {
      type: 'application/xml; charset=utf-8',
      disposition: `attachment; filename="${sample.name}"`,
    });
  }

  @Get('health/live')
  @Access({ public: true })
  @Answers(200, HealthSchema)
  getLiveness(): HealthResponse {
    return { status: 'UP', reasons: [] };
  }

  @Get('health/ready')
  @Access({ public: true })
  @Answers(200, HealthSchema)
  async getReadiness(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthResponse> {
    const found = await this.health.ready();
    if (found.status === 'DOWN') void reply.status(503);
    return found;
  }

  #samples(): SampleInvoice[] {
    if (!this.config.demo) throw new DomainError('DEMO_ONLY');
    return sampleInvoices(parseDay(this.clock.read().today));
  }
}
