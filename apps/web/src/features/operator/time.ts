const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How long something took, in its largest whole unit; empty while it has not ended. */
export function seconds(from: string, to: string | undefined, locale: string): string {
  if (!to) return '';
  const took = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  for (const [unit, size] of STEPS) {
    if (took >= size) return format(took / size, unit, locale);
  }
  return `< ${format(1, 'second', locale)}`;
}

function format(value: number, unit: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(
    value,
  );
}

/** A span of whole seconds in days, or hours where it is less than two days. */
export function span(count: number, locale: string): string {
  return count >= 172_800
    ? format(Math.round(count / 86_400), 'day', locale)
    : format(Math.round(count / 3_600), 'hour', locale);
}
