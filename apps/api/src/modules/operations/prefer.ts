const WAIT_SECONDS_MAX = 30;

/**
 * How long a caller is ready to wait, in milliseconds: `Prefer: wait=10` (RFC 7240). Anything else, also nonsense, is no
 * preference; more than half a minute counts as half a minute.
 */
export function preferredWaitMs(header: string | readonly string[] | undefined): number {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  for (const preference of text.split(',')) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,4})"?\s*(;|$)/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), WAIT_SECONDS_MAX) * 1000;
  }
  return 0;
}
