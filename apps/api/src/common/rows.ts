import { z } from 'zod';
import { type Day, parseDay } from './day.js';
import { CURRENCIES } from './money.js';

/**
 * How rows of the database become domain values: the one place where an amount, a day or a hash read from Postgres is
 * parsed. Drivers hand numeric and bigint over as strings, because a JavaScript number could not carry them.
 */

/** A whole amount (numeric or bigint column) as bigint. */
export const minorColumn = z
  .union([z.string().regex(/^-?\d{1,40}$/), z.bigint(), z.int()])
  .transform((value) => BigInt(value));

/** A date column, read as text (`due_day::text`) so that no time zone can shift it. */
export const dayColumn = z.string().transform((text): Day => parseDay(text));

export const instantColumn = z.date();

export const currencyColumn = z.enum(CURRENCIES);

/** A 32-byte column as 0x-prefixed lower-case hex. */
export const wordColumn = z.instanceof(Buffer).transform((bytes): `0x${string}` => `0x${bytes.toString('hex')}`);

/** `json_build_object` of an organisation as the other side may see it. */
export const partyColumn = z.object({ id: z.uuid(), name: z.string(), registryNumber: z.string() });

/** 0x-prefixed hex as bytes for a bytea parameter. */
export function bytesOf(word: string): Buffer {
  return Buffer.from(word.replace(/^0x/, ''), 'hex');
}
