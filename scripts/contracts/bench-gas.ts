/**
 * Gas of the register beside the usual token standards and the floor that storage, logs and calldata set, all measured
 * in one run on one engine. A table, or JSON with --json.
 *
 *   node scripts/contracts/bench-gas.ts [--json]
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const json = process.argv.includes('--json');

// The measuring is TypeScript that shares the tests' fixtures (and their .js import endings), which Hardhat loads.
const run = spawnSync(
  process.execPath,
  [join(root, 'node_modules/hardhat/dist/src/cli.js'), 'run', 'test/bench/gas/compare.ts'],
  { cwd: root, encoding: 'utf8', env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: 'true' } },
);
const line = run.stdout.split('\n').find((text) => text.startsWith('{'));
if (run.status !== 0 || line === undefined) {
  console.error(run.stdout, run.stderr);
  process.exit(1);
}
type Report = { unit: string; columns: string[]; rows: Record<string, Record<string, number | null>> };
const report = JSON.parse(line) as Report;
if (json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(
    'Gas per operation. The peers have one record word and the same facts in an event, and none of the rules.\n',
  );
  const cell = (value: number | null | undefined): string => (value == null ? '-' : value.toLocaleString('en-US'));
  const widths = report.columns.map((name) => Math.max(name.length, 9));
  const first = Math.max(...Object.keys(report.rows).map((name) => name.length));
  console.log([''.padEnd(first), ...report.columns.map((name, i) => name.padStart(widths[i] ?? 0))].join('  '));
  for (const [name, row] of Object.entries(report.rows)) {
    const cells = report.columns.map((column, i) => cell(row[column]).padStart(widths[i] ?? 0));
    console.log([name.padEnd(first), ...cells].join('  '));
  }
}
