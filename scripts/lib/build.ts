import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Failure } from './failure.ts';
import { withLock } from './lock.mjs';
import { API_DIST, fromRoot, RUNTIME, WEB_DIST } from './paths.ts';

const exec = promisify(execFile);
const OUTPUT_MAX_BYTES = 16_000_000;
const SKIPPED = new Set(['node_modules', 'dist', 'dist.new', 'dist.old']);

/** Every file below a folder, sorted, so that the same tree always gives the same hash. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(full) : [full];
    })
    .sort();
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(fs.readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/**
 * Builds into a folder beside and swaps, so that a build that fails or is killed leaves the last good one, and a server
 * that runs from it never sees half of it. Two starts at once wait for each other.
 */
async function buildIfChanged(dist: string, sources: readonly string[], build: (into: string) => Promise<void>) {
  const wanted = hashOf([...sources, fromRoot('package-lock.json'), import.meta.filename]);
  const stamp = path.join(dist, '.built-from');
  const isCurrent = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent()) return;
  const name = path.basename(path.dirname(dist));
  await withLock(path.join(RUNTIME, `build-${name}.lock`), async () => {
    if (isCurrent()) return;
    const draft = `${dist}.new`;
    const old = `${dist}.old`;
    fs.rmSync(draft, { recursive: true, force: true });
    await build(draft);
    fs.writeFileSync(path.join(draft, '.built-from'), wanted);
    fs.rmSync(old, { recursive: true, force: true });
    if (fs.existsSync(dist)) fs.renameSync(dist, old);
    fs.renameSync(draft, dist);
    fs.rmSync(old, { recursive: true, force: true });
  });
}

async function compile(source: string, target: string): Promise<void> {
  const { transformFile } = await import('@swc/core');
  const { code, map } = await transformFile(source, { cwd: fromRoot('apps/api'), sourceFileName: source });
  const file = target.replace(/\.ts$/, '.js');
  const note = map ? `\n//# sourceMappingURL=${path.basename(file)}.map\n` : '';
  fs.writeFileSync(file, `${code}${note}`);
  if (map) fs.writeFileSync(`${file}.map`, map);
}

/** Each source file to JavaScript, everything else (schemas, fonts, SQL) as it is, specs left out. */
async function compileApi(into: string): Promise<void> {
  const src = fromRoot('apps/api/src');
  await Promise.all(
    filesBelow(src).map(async (file) => {
      const target = path.join(into, path.relative(src, file));
      fs.mkdirSync(path.dirname(target), { recursive: true });
      if (file.endsWith('.spec.ts')) return;
      if (file.endsWith('.ts')) await compile(file, target);
      else fs.copyFileSync(file, target);
    }),
  );
}

export async function buildApi(): Promise<void> {
  const sources = filesBelow(fromRoot('apps/api/src')).filter((file) => !file.endsWith('.spec.ts'));
  try {
    await buildIfChanged(API_DIST, [...sources, fromRoot('apps/api/.swcrc')], compileApi);
  } catch (error) {
    throw new Failure(`The API does not build.\n${error instanceof Error ? error.message : String(error)}`);
  }
}

export async function buildWeb(): Promise<void> {
  const cwd = fromRoot('apps/web');
  if (!fs.existsSync(path.join(cwd, 'index.html')))
    throw new Failure('apps/web/index.html is missing: nothing to build.');
  await buildIfChanged(WEB_DIST, filesBelow(cwd), async (into) => {
    const args = [fromRoot('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--outDir', into];
    const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
    try {
      await exec(process.execPath, [...args, '--emptyOutDir'], { cwd, env, maxBuffer: OUTPUT_MAX_BYTES });
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Failure(`The web application does not build.\n${stdout}${stderr}`);
    }
  });
}
