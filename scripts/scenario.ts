import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Scenario, ScenarioSchema } from './scenario/format.ts';
import { playScenario, type Stage } from './scenario/play.ts';

const USAGE = `usage: npm run scenario -- [--url http://127.0.0.1:3000] FILE...
Plays scenario files through the public HTTP API and prints one JSON line a step and a check.
Without --url it starts a stack of its own on empty data and stops it afterwards.`;

/** Files are read and judged before anything is started: a mistake in the last one must not cost the run of the first. */
function load(files: readonly string[]): Scenario[] {
  return files.map((file) => {
    const parsed = ScenarioSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.success) throw new Error(`${file} is not a scenario:\n${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
}

async function ownStage(): Promise<Stage & { stop(): Promise<void> }> {
  const { startStack } = await import('./lib/stack.ts');
  const stack = await startStack({ temporary: true });
  return { url: () => stack.url, restart: (how) => stack.restart(how), stop: () => stack.stop() };
}

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { url: { type: 'string' } } });
  if (positionals.length === 0) throw new Error(USAGE);
  const scenarios = load(positionals);
  const { url } = values;
  const restarting = scenarios.find((scenario) => scenario.steps.some((step) => 'do' in step && step.do === 'restart'));
  if (url && restarting)
    throw new Error(
      `"${restarting.scenario}" restarts the stack, which only works where this command starts it: leave out --url`,
    );
  const stage = url ? { url: () => url.replace(/\/$/, ''), stop: async () => {} } : await ownStage();
  try {
    let allOk = true;
    for (const scenario of scenarios) {
      allOk = (await playScenario(stage, scenario, (line) => console.log(JSON.stringify(line)))) && allOk;
    }
    return allOk;
  } finally {
    await stage.stop();
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
