import { createHash, randomBytes } from 'node:crypto';

/** What may stand in a document that is hashed: no floats, so that every program writes it the same way. */
export type Canonical =
  | string
  | boolean
  | null
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

/** One JSON text for one meaning: keys sorted by code unit, no white space, absent fields left out (RFC 8785 for strings). */
export function canonicalJson(value: Canonical): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter((entry): entry is [string, Canonical] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}

/** SHA-256 of the canonical text, as hex. */
export function digestOf(value: Canonical): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** 32 random bytes for a hash that will be public: facts that can be guessed could otherwise be found by trying. */
export function newSalt(): `0x${string}` {
  return `0x${randomBytes(32).toString('hex')}`;
}
