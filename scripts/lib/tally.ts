import { type Run, seconds } from './run.ts';

export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly elapsedMs: number;
}

/**
 * A runner that ends badly without counting a failure (it did not compile, it crashed) and one that found nothing to
 * run both count as one failure: "0 failed" must mean that everything ran and was right.
 */
export function tally(name: string, run: Run, counts: { passed: number; failed: number }): Tally {
  const silent = counts.failed === 0 && (run.code !== 0 || counts.passed === 0);
  return { name, elapsedMs: run.elapsedMs, passed: counts.passed, failed: silent ? 1 : counts.failed };
}

/** Hardhat's runners both end with "N passing" and, where there are any, "N failing". */
export function hardhatCounts(output: string): { passed: number; failed: number } {
  const last = (word: string) => Number([...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}`, 'gm'))].at(-1)?.[1] ?? 0);
  return { passed: last('passing'), failed: last('failing') };
}

/** The last line is the sum, for people and for machines. */
export function summarise(tallies: readonly Tally[]): { text: string; failed: number } {
  const width = Math.max(...tallies.map(({ name }) => name.length));
  const lines = tallies.map(
    ({ name, passed, failed, elapsedMs }) =>
      `${name.padEnd(width)}  ${passed} passed, ${failed} failed  (${seconds(elapsedMs)})`,
  );
  const sum = (key: 'passed' | 'failed') => tallies.reduce((total, one) => total + one[key], 0);
  return { text: [...lines, `${sum('passed')} passed, ${sum('failed')} failed`].join('\n'), failed: sum('failed') };
}
