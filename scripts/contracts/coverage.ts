/**
 * Line coverage of the contracts by the Solidity tests. Fails below 100 %. (The tool has no branch figure: branches are
 * held by the state table and by mutation.)
 *
 *   node scripts/contracts/coverage.ts
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const report = join(root, 'coverage/lcov.info');

// The brute force over roundings reaches no line that the others do not, and takes minutes when every line is counted.
const tests = readdirSync(join(root, 'contracts/test'))
  .filter((name) => name.endsWith('.t.sol') && name !== 'Rounding.t.sol')
  .map((name) => `contracts/test/${name}`);
// A few runs reach every line; many are the test's business.
const env = {
  ...process.env,
  HARDHAT_DISABLE_TELEMETRY: 'true',
  HEADWATER_FUZZ_RUNS: '32',
  HEADWATER_INVARIANT_RUNS: '4',
  HEADWATER_INVARIANT_DEPTH: '64',
};
const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/hardhat/dist/src/cli.js'),
    'test',
    'solidity',
    '--coverage',
    ...tests,
    'contracts/test/support/Handler.t.sol',
  ],
  {
    cwd: root,
    env,
    encoding: 'utf8',
  },
);
if (run.status !== 0 || !existsSync(report)) {
  console.error(run.stdout.slice(-4000), run.stderr.slice(-2000));
  process.exit(1);
}

let file = '';
let missed = 0;
let lines = 0;
for (const line of readFileSync(report, 'utf8').split('\n')) {
  if (line.startsWith('SF:')) file = line.slice(3);
  const ours = /contracts\/(?!test\/|interfaces\/)/.test(file) && !file.includes('node_modules');
  const hit = /^DA:(\d+),(\d+)/.exec(line);
  if (!ours || hit === null) continue;
  lines += 1;
  if (hit[2] !== '0') continue;
  missed += 1;
  console.log(`not reached: ${file}:${hit[1]}`);
}
console.log(
  `${lines - missed} of ${lines} lines reached (${((100 * (lines - missed)) / Math.max(lines, 1)).toFixed(2)} %)`,
);
if (missed > 0 || lines === 0) process.exitCode = 1;
