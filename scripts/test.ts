/**
 * Every test that needs no browser, each kind by its own runner, one after the other since all of them use all cores.
 *   npm test                     everything
 *   npm test -- unit system      only these kinds: solidity, contracts, unit, integration, system
 */
import fs from 'node:fs';
import { Failure, runMain } from './lib/failure.ts';
import { fromRoot } from './lib/paths.ts';
import { HARDHAT, runNode, seconds } from './lib/run.ts';
import { hardhatCounts, summarise, type Tally, tally } from './lib/tally.ts';

const HARDHAT_KINDS = { solidity: 'solidity', contracts: 'mocha' } as const;
const JEST_KINDS = ['unit', 'integration', 'system'] as const;
const KINDS = [...Object.keys(HARDHAT_KINDS), ...JEST_KINDS];

async function compile(): Promise<void> {
  const run = await runNode([HARDHAT, 'build']);
  if (run.code !== 0) throw new Failure(`The contracts do not compile.\n${run.output}\n0 passed, 1 failed`);
  console.log(`contracts compiled (${seconds(run.elapsedMs)})`);
}

/** Hundreds of green lines tell nothing; a red one is of no use without those around it. */
function report(result: Tally, output: string): Tally {
  console.log(result.failed === 0 ? `${result.name}: ${result.passed} passed (${seconds(result.elapsedMs)})` : output);
  return result;
}

async function runHardhat(kind: keyof typeof HARDHAT_KINDS): Promise<Tally> {
  const run = await runNode([HARDHAT, 'test', HARDHAT_KINDS[kind], '--no-compile']);
  return report(tally(kind, run, hardhatCounts(run.output)), run.output);
}

interface JestReport {
  readonly numTotalTestSuites: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** Undefined where no file of this kind exists. */
async function runJest(kind: (typeof JEST_KINDS)[number]): Promise<Tally | undefined> {
  const file = fromRoot('test-results', `${kind}.json`);
  fs.mkdirSync(fromRoot('test-results'), { recursive: true });
  fs.rmSync(file, { force: true });
  const node = ['--experimental-vm-modules', '--no-warnings', fromRoot('node_modules/jest/bin/jest.js')];
  const args = ['--selectProjects', kind, '--json', `--outputFile=${file}`, '--maxWorkers=2', '--passWithNoTests'];
  const run = await runNode([...node, ...args], { env: { TZ: 'UTC' } });
  if (!fs.existsSync(file)) return report(tally(kind, run, { passed: 0, failed: 0 }), run.output);
  const read = JSON.parse(fs.readFileSync(file, 'utf8')) as JestReport;
  if (read.numTotalTestSuites === 0 && run.code === 0) return undefined;
  const counts = { passed: read.numPassedTests, failed: read.numFailedTests + read.numRuntimeErrorTestSuites };
  return report(tally(kind, run, counts), run.output);
}

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((kind) => !KINDS.includes(kind));
  if (unknown) throw new Failure(`"${unknown}" is not a kind of test; there are ${KINDS.join(', ')}.`);
  const isWanted = (kind: string) => wanted.length === 0 || wanted.includes(kind);
  const tallies: Tally[] = [];
  const hardhatKinds = (['solidity', 'contracts'] as const).filter(isWanted);
  if (hardhatKinds.length > 0) await compile();
  for (const kind of hardhatKinds) tallies.push(await runHardhat(kind));
  for (const kind of JEST_KINDS.filter(isWanted)) {
    const result = await runJest(kind);
    if (result) tallies.push(result);
  }
  const { text, failed } = summarise(tallies);
  console.log(`\n${text}`);
  return failed === 0 ? 0 : 1;
}

await runMain(main);
