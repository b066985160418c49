import type { SignIn } from './api.ts';

const HEADINGS = ['Organisation', 'E-mail', 'Password', 'Role'] as const;

/** Columns as wide as their widest cell. Chinese characters take two places in a terminal. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
}

export function signInTable(signIns: readonly SignIn[]): string {
  const rows = [HEADINGS, ...signIns.map((one) => [one.organisation, one.email, one.password, one.role])];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const pad = (cell: string, column: number) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
  return rows.map((row) => `  ${row.map(pad).join('  ').trimEnd()}`).join('\n');
}

export function readyText(name: string, url: string, elapsedMs: number): string {
  return `${name} is ready on ${url} (${Math.round(elapsedMs).toLocaleString('en')} ms)`;
}
