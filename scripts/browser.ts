/**
 * Plays in a real browser on a stack of its own, or on one that runs:
 *   npm run test:browser -- [--url URL] [Playwright's own arguments]   test/browser/*.spec.ts
 *   npm run shots -- [--url URL] [...]                                test/browser/*.shots.ts, pictures into shots/
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import type { SignIn } from './lib/api.ts';
import { Failure, runMain } from './lib/failure.ts';
import { fromRoot } from './lib/paths.ts';
import { runNode } from './lib/run.ts';
import { Stack } from './lib/stack.ts';
import { stopOnEnd } from './lib/supervise.ts';
import { summarise, tally } from './lib/tally.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

interface Stage {
  readonly url: string;
  readonly signIns: readonly SignIn[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

/** The system's Chromium, else the one Playwright fetched for itself. */
async function findChromium(): Promise<string> {
  const { chromium } = await import('@playwright/test');
  const candidates = [process.env.CHROMIUM_PATH, ...PLACES, chromium.executablePath()];
  const found = candidates.find((place) => place && existsSync(place));
  if (found) return found;
  throw new Failure(
    'There is no Chromium. Install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.\n0 passed, 1 failed',
  );
}

async function play(project: string, args: readonly string[], stage: Stage): Promise<number> {
  const report = fromRoot('test-results', `${project}.json`);
  mkdirSync(fromRoot('test-results'), { recursive: true });
  rmSync(report, { force: true });
  const env = {
    BASE_URL: stage.url,
    CHROMIUM_PATH: await findChromium(),
    DEMO_SIGN_INS: JSON.stringify(stage.signIns),
    PLAYWRIGHT_REPORT: report,
  };
  const cli = fromRoot('node_modules/@playwright/test/cli.js');
  const run = await runNode([cli, 'test', `--project=${project}`, ...args], { env, live: true });
  const stats = existsSync(report)
    ? (JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport).stats
    : { expected: 0, unexpected: 0, flaky: 0 };
  const counts = { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  const { text, failed } = summarise([tally(project === 'test' ? 'browser' : project, run, counts)]);
  console.log(`\n${text}`);
  return failed === 0 ? 0 : 1;
}

/** Takes `--url X` out of the words; everything else is Playwright's. */
function takeUrl(words: readonly string[]): { url: string | undefined; rest: string[] } {
  const at = words.indexOf('--url');
  if (at < 0) return { url: undefined, rest: [...words] };
  return { url: words[at + 1]?.replace(/\/$/, ''), rest: words.filter((_, index) => index !== at && index !== at + 1) };
}

async function main(): Promise<number> {
  const [project = 'test', ...words] = process.argv.slice(2);
  const { url, rest } = takeUrl(words);
  if (url) return await play(project, rest, { url, signIns: [] });
  await findChromium();
  const stack = new Stack({ temporary: true });
  stopOnEnd(() => stack.stop());
  try {
    await stack.start();
    return await play(project, rest, stack);
  } finally {
    await stack.stop();
  }
}

await runMain(main);
