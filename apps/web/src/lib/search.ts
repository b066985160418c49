/** Filters and open panels live in the address bar. What arrives there is anybody's text, so every value is checked. */

/** Longest search text worth sending; the API refuses more. */
const MAX_TEXT = 100;

export function textOf(value: unknown): string | undefined {
  // The router reads ?q=42 as a number; a person meant the text.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.slice(0, MAX_TEXT) : undefined;
}

export function oneOf<const T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && ID.test(value) ? value : undefined;
}

export interface ListSearch<S extends string = string> {
  q?: string;
  state?: S;
  open?: string;
}

/** Keeps only the keys that are set, so that addresses stay short. */
export function compact<T extends object>(search: T): T {
  const kept = { ...search };
  for (const key of Object.keys(kept) as (keyof T)[]) if (kept[key] === undefined) delete kept[key];
  return kept;
}

/** The search parameters of nearly every list: text, state and the id of the open panel. */
export function listSearch<const S extends string>(states: readonly S[]) {
  return (raw: Record<string, unknown>): ListSearch<S> =>
    compact({ q: textOf(raw.q), state: oneOf(raw.state, states), open: idOf(raw.open) });
}

/** Only a path of our own may be returned to after sign-in. */
export function ownPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])[^\\]*$/.test(value) && value.length <= 500 ? value : undefined;
}
