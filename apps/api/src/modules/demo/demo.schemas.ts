import { z } from 'zod';
import { DaySchema, InstantSchema } from '../../common/schemas.js';

export const ClockSchema = z
  .object({ now: InstantSchema, today: DaySchema, offsetSeconds: z.int() })
  .meta({ id: 'Clock' });

/** Moves the demo clock forward, never back. Exactly one of the two. */
export const AdvanceClockSchema = z
  .union([z.strictObject({ days: z.int().min(1).max(3650) }), z.strictObject({ to: DaySchema })])
  .meta({ id: 'AdvanceClock' });

export const SampleInvoiceListSchema = z
  .object({
    items: z.array(
      z.object({
        name: z.string(),
        number: z.string(),
        buyer: z.string(),
        currency: z.string(),
        payableMinor: z.string(),
      }),
    ),
  })
  .meta({ id: 'SampleInvoiceList' });

/** What the web needs before sign-in. `signIns` exists in demo mode only. */
export const MetaSchema = z
  .object({
    version: z.string(),
    demo: z.boolean(),
    currencies: z.array(z.object({ code: z.string(), minorUnits: z.int() })),
    signIns: z
      .array(
        z.object({
          organisation: z.string(),
          email: z.string(),
          password: z.string(),
          roles: z.array(z.string()),
          person: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Meta' });

export const HealthSchema = z
  .object({ status: z.enum(['UP', 'DOWN']), reasons: z.array(z.string()) })
  .meta({ id: 'Health' });
