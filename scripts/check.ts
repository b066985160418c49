/**
 * Everything that can be known without running the product: style, types, boundaries, sizes, generated files.
 *   npm run check                everything
 *   npm run check -- types       only the steps whose name begins so
 */

import fs from 'node:fs';
import { generate, readGenerated } from './generate.ts';
import { runMain } from './lib/failure.ts';
import { fromRoot } from './lib/paths.ts';
import { HARDHAT, type Run, runNode, seconds } from './lib/run.ts';

const bin = (file: string) => fromRoot('node_modules', file);
const types = (project: string) => () => runNode([bin('typescript/bin/tsc'), '-p', project, '--noEmit']);

/** Makes them again to compare, and puts back what was there: a check changes nothing. */
async function generatedFilesAreCurrent(): Promise<Run> {
  const began = performance.now();
  const before = readGenerated();
  let after: ReadonlyMap<string, string>;
  try {
    await generate(() => undefined);
  } finally {
    after = readGenerated();
    for (const [file, text] of before) if (after.get(file) !== text) fs.writeFileSync(fromRoot(file), text);
    for (const file of after.keys()) if (!before.has(file)) fs.rmSync(fromRoot(file));
  }
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  const output = changed.length > 0 ? `Out of date; run \`npm run generate\` and commit:\n${changed.join('\n')}\n` : '';
  return { code: changed.length > 0 ? 1 : 0, output, elapsedMs: performance.now() - began };
}

/** In this order: what is generated is checked first, so that the rest looks at files that are current. */
const STEPS: Readonly<Record<string, () => Promise<Run>>> = {
  compile: () => runNode([HARDHAT, 'build']),
  generated: generatedFilesAreCurrent,
  style: () => runNode([bin('@biomejs/biome/bin/biome'), 'check', '--diagnostic-level=warn', '--error-on-warnings']),
  'types: scripts': types('tsconfig.json'),
  'types: api': types('apps/api/tsconfig.json'),
  'types: web': types('apps/web/tsconfig.json'),
  'types: tests': types('test/tsconfig.json'),
  boundaries: () =>
    runNode([bin('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', 'apps']),
  sizes: () => runNode([fromRoot('scripts/check/limits.ts')]),
  solidity: () =>
    runNode([bin('solhint/solhint.js'), '--disc', '--noPoster', '--max-warnings', '0', 'contracts/**/*.sol']),
};

async function attempt(step: () => Promise<Run>): Promise<Run> {
  try {
    return await step();
  } catch (error) {
    return { code: 1, output: error instanceof Error ? error.message : String(error), elapsedMs: 0 };
  }
}

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const names = Object.keys(STEPS).filter(
    (name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)),
  );
  let failed = names.length === 0 ? 1 : 0;
  for (const name of names) {
    const run = await attempt(STEPS[name] ?? (() => Promise.reject(new Error('no such step'))));
    if (run.code !== 0) {
      failed += 1;
      console.log(run.output.trim());
    }
    console.log(`${run.code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(run.elapsedMs)})`);
  }
  console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${names.length} checks failed.`);
  return failed === 0 ? 0 : 1;
}

await runMain(main);
