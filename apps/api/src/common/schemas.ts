import { z } from 'zod';
import { CURRENCIES, MAX_FACE_MINOR } from './money.js';

/** The wire types every module shares. One schema is validation, type, OpenAPI and response filter. */

export const IdSchema = z.uuid();

export const CurrencySchema = z.enum(CURRENCIES).meta({ id: 'Currency', description: 'ISO 4217 code' });

/** Whole minor units as a decimal string, because JSON numbers are floats. */
export const MinorSchema = z
  .string()
  .regex(/^(0|[1-9]\d{0,29})$/, 'whole minor units without sign, leading zeros or decimals')
  .meta({ id: 'Minor', description: 'Whole minor units of the currency as a decimal string', example: '1000000000' });

export const MoneySchema = z.object({ minor: MinorSchema, currency: CurrencySchema }).meta({ id: 'Money' });

/** Money in a request: above zero and within what the register can record. */
export const PositiveMoneySchema = z
  .strictObject({ minor: MinorSchema, currency: CurrencySchema })
  .refine((m) => BigInt(m.minor) > 0n, { path: ['minor'], message: 'AMOUNT_NOT_POSITIVE' })
  .refine((m) => BigInt(m.minor) <= MAX_FACE_MINOR, { path: ['minor'], message: 'AMOUNT_TOO_LARGE' })
  .meta({ id: 'PositiveMoney' });

export const DaySchema = z.iso.date().meta({ id: 'Day', description: 'Calendar day YYYY-MM-DD in the register zone' });

export const InstantSchema = z.iso.datetime().meta({ id: 'Instant', description: 'Instant in UTC, RFC 3339' });

/** Text a person typed: trimmed, no control characters, bounded. */
export const shortText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'no control characters');

export const NoteSchema = shortText(500);

export const PageQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** A page: `nextCursor` is opaque and absent on the last page. */
export const pageOf = <T extends z.ZodType>(item: T, id: string) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() }).meta({ id });

export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    details: z.record(z.string(), z.unknown()),
    correlationId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem; `code` is stable' });

/** Who stands on the other side, as far as the reader may know. */
export const PartySchema = z
  .object({ id: IdSchema, name: z.string(), registryNumber: z.string() })
  .meta({ id: 'Party' });

/** One line of an object's history: what happened, who did it, when. `by` is absent for what the clock or register did. */
export const TimelineEntrySchema = z
  .object({
    event: z.string(),
    occurredAt: InstantSchema,
    organisation: z.string().optional(),
    person: z.string().optional(),
    details: z.record(z.string(), z.string()),
  })
  .meta({ id: 'TimelineEntry' });
