import { z } from 'zod';
import { DaySchema, InstantSchema } from '../../common/schemas.js';

export const ClockSchema = z.object({ now: InstantSchema, today: DaySchema, offsetSeconds: z.int() }).meta({ id: 'Clock' });

/** Moves the demo clock forward, never back. Exactly one of the two. */
export const AdvanceClockSchema = z
  .union([z.strictObject({ days: z.int().min(1).max(3650) }), z.strictObject({ to: DaySchema })])
  .meta({ id: 'AdvanceClock' });
