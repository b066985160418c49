/**
 * Writes everything that is made from something else and committed all the same, each from the one before:
 * contracts -> contracts.ts, API -> openapi.json, openapi.json -> the web's client.
 */
import fs from 'node:fs';
import path from 'node:path';
import { buildApi } from './lib/build.ts';
import { Failure, runMain } from './lib/failure.ts';
import { fromRoot } from './lib/paths.ts';
import { runNode, seconds } from './lib/run.ts';

/** The files and folders this command owns. */
const GENERATED = ['apps/api/src/modules/register/generated', 'apps/api/openapi.json', 'apps/web/src/api/generated'];

type Tell = (text: string) => void;

async function step(tell: Tell, name: string, args: readonly string[], cwd?: string): Promise<void> {
  const run = await runNode(args, cwd ? { cwd } : {});
  if (run.code !== 0) throw new Failure(`${name} could not be generated.\n${run.output.trim()}`);
  tell(`${name} (${seconds(run.elapsedMs)})`);
}

export async function generate(tell: Tell): Promise<void> {
  await step(tell, 'contracts.ts', [fromRoot('scripts/contracts/generate.ts')]);
  await buildApi();
  await step(tell, 'openapi.json', [fromRoot('apps/api/dist/generate-openapi.js')]);
  await step(tell, 'client', [fromRoot('node_modules/@hey-api/openapi-ts/bin/run.js')], fromRoot('apps/web'));
}

/** What the generated files hold at this moment, by path. */
export function readGenerated(): Map<string, string> {
  const files = GENERATED.flatMap((place) => {
    const full = fromRoot(place);
    if (!fs.existsSync(full)) return [];
    if (fs.statSync(full).isFile()) return [place];
    const below = fs.readdirSync(full, { recursive: true, withFileTypes: true });
    return below
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(fromRoot(), path.join(entry.parentPath, entry.name)));
  });
  return new Map(files.sort().map((file) => [file, fs.readFileSync(fromRoot(file), 'utf8')]));
}

if (import.meta.main) {
  await runMain(async () => {
    await generate(console.log);
    return undefined;
  });
}
