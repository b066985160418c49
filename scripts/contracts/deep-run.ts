/**
 * The long form of the contract tests: 50,000 fuzz runs, then the invariants at depth 500 for as many runs as fit.
 *
 *   node scripts/contracts/deep-run.ts [--minutes 40] [--seed 0x48656164] [--chunk 10] [--no-fuzz]
 *
 * Invariant runs come in chunks, each with a seed of its own that follows from the first; after every chunk the tally is
 * written (cache/deep-run.json), so that a run that was broken off goes on from there. Fewer than 200 runs are a failure.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST = 200;
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const tallyFile = join(root, 'cache/deep-run.json');

interface Tally {
  seed: string;
  fuzzed: boolean;
  runs: number;
  depth: number;
  seconds: number;
}

function option(name: string, usual: string): string {
  const index = process.argv.indexOf(`--${name}`);
  return index === -1 ? usual : (process.argv[index + 1] ?? usual);
}

function hardhat(seed: string, runs: number, files: string[]): boolean {
  const env = {
    ...process.env,
    HARDHAT_DISABLE_TELEMETRY: 'true',
    HEADWATER_DEEP: '1',
    HEADWATER_SEED: seed,
    HEADWATER_INVARIANT_RUNS: String(runs),
  };
  const cli = join(root, 'node_modules/hardhat/dist/src/cli.js');
  const run = spawnSync(process.execPath, [cli, 'test', 'solidity', ...files], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) console.error(run.stdout.slice(-6000));
  return run.status === 0;
}

const seed = option('seed', '0x48656164');
const chunk = Number(option('chunk', '10'));
const budget = Number(option('minutes', '40')) * 60;
const began = Date.now();
const fresh: Tally = { seed, fuzzed: process.argv.includes('--no-fuzz'), runs: 0, depth: 500, seconds: 0 };
const stored: Tally = existsSync(tallyFile) ? (JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally) : fresh;
const tally = stored.seed === seed ? stored : fresh;
const earlier = tally.seconds;
const spent = (): number => earlier + (Date.now() - began) / 1000;
const save = (): void => {
  mkdirSync(dirname(tallyFile), { recursive: true });
  writeFileSync(tallyFile, `${JSON.stringify(tally, null, 2)}\n`);
};

if (!tally.fuzzed) {
  // The invariants come below; here every fuzz test has its 50,000.
  if (!hardhat(seed, 1, [])) process.exit(1);
  tally.fuzzed = true;
  save();
}
while (spent() < budget || tally.runs === 0) {
  const own = `0x${createHash('sha256').update(`${seed}/${tally.runs}`).digest('hex')}`;
  if (!hardhat(own, chunk, ['contracts/test/Invariants.t.sol', 'contracts/test/support/Handler.t.sol'])) {
    console.error(`an invariant was broken by seed ${own}`);
    process.exit(1);
  }
  tally.runs += chunk;
  tally.seconds = earlier + Math.round((Date.now() - began) / 1000);
  save();
  console.log(`${tally.runs} runs at depth ${tally.depth} in ${tally.seconds} s`);
}
console.log(JSON.stringify(tally));
if (tally.runs < LEAST) {
  console.error(`fewer than ${LEAST} runs; give it more minutes`);
  process.exitCode = 1;
}
