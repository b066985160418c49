import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../../common/actor.js';
import { type Day, dayAt, daysBetween, parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { StoredClock } from '../../database/stored-clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { RegisterService } from '../register/register.service.js';
import type { AdvanceClockSchema, ClockSchema } from './demo.schemas.js';

type ClockResponse = z.infer<typeof ClockSchema>;

const SECONDS_PER_DAY = 86_400;

/** The clock as people see it, and the demo's way to move it. */
@Injectable()
export class ClockService {
  constructor(
    private readonly config: Config,
    private readonly clock: StoredClock,
    private readonly unitOfWork: UnitOfWork,
    private readonly register: RegisterService,
  ) {}

  read(): ClockResponse {
    return this.#at(this.clock.now(), this.clock.offsetSeconds);
  }

  /**
   * Moves the clock forward by whole days, so that the time of day stays. Errors: DEMO_ONLY; DAY_INVALID where the day
   * is not ahead.
   */
  async advance(actor: Actor, body: z.output<typeof AdvanceClockSchema>): Promise<ClockResponse> {
    if (!this.config.demo || !this.config.localChain) throw new DomainError('DEMO_ONLY');
    const moved = await this.unitOfWork.write(actor, async (write) => {
      const days = daysAhead(body, this.#day(write.now));
      const seconds = days * SECONDS_PER_DAY;
      await this.clock.advance(write.manager, seconds);
      await write.notify('clock', []);
      const now = new Date(write.now.getTime() + seconds * 1000);
      await write.audit({
        event: 'clock.advanced',
        subjectType: 'organisation',
        subjectId: actor.organisationId,
        details: { days: String(days) },
      });
      return this.#at(now, this.clock.offsetSeconds + seconds);
    });
    await this.clock.reload();
    await this.register.followClock();
    return moved;
  }

  #at(now: Date, offsetSeconds: number): ClockResponse {
    return { now: now.toISOString(), today: this.#day(now), offsetSeconds };
  }

  #day(instant: Date): Day {
    return dayAt(instant, this.config.utcOffsetSeconds);
  }
}

function daysAhead(body: z.output<typeof AdvanceClockSchema>, today: Day): number {
  if ('days' in body) return body.days;
  const days = daysBetween(today, parseDay(body.to));
  if (days <= 0 || days > 3650) throw new DomainError('DAY_INVALID', { value: body.to, today });
  return days;
}
