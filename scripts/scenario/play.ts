import { look } from './checks.ts';
import { Refusal } from './client.ts';
import type { Scenario, Step } from './format.ts';
import { play } from './steps.ts';
import { World } from './world.ts';

/** One line of the report. */
export interface Line {
  readonly scenario: string;
  readonly step?: string;
  readonly check?: string;
  readonly ok: boolean;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** A stack to play on. `restart` is absent where the runner did not start it. */
export interface Stage {
  url(): string;
  restart?(how: { kill: boolean }): Promise<void>;
}

/** Plays a scenario and reports each step and check as it ends. Stops at the first step that fails: what follows would only confuse. */
export async function playScenario(stage: Stage, scenario: Scenario, report: (line: Line) => void): Promise<boolean> {
  const world = await World.meet(() => stage.url());
  let allOk = true;
  for (const [index, item] of scenario.steps.entries()) {
    if ('check' in item) {
      const finding = await look(world, item).catch((error: unknown) => ({
        ok: false,
        expected: item,
        actual: inWords(error),
      }));
      report({ scenario: scenario.scenario, check: `${index + 1} ${item.check}`, ...finding });
      allOk &&= finding.ok;
    } else {
      const line = await playStep(stage, world, item);
      report({ scenario: scenario.scenario, step: `${index + 1} ${item.do}`, ...line });
      if (!line.ok) return false;
    }
  }
  return allOk;
}

async function playStep(
  stage: Stage,
  world: World,
  step: Step,
): Promise<{ ok: boolean; expected: unknown; actual: unknown }> {
  const expected = step.refused ? { refused: step.refused } : 'done';
  try {
    if (step.do === 'restart') await stage.restart?.({ kill: step.kill });
    else await play(world, step);
    return { ok: !step.refused, expected, actual: 'done' };
  } catch (error) {
    const ok = error instanceof Refusal && error.code === step.refused;
    return { ok, expected, actual: inWords(error) };
  }
}

function inWords(error: unknown): unknown {
  if (error instanceof Refusal) return { refused: error.code, message: error.message };
  return { error: error instanceof Error ? error.message : String(error) };
}
