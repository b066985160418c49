/**
 * Runs a command with everything it needs in place, on a machine that has only Node 20 or newer and npm:
 *   node scripts/bootstrap.mjs node scripts/start.ts
 * 1. Where the system's Node is too old, fetches a newer one from npm into .runtime/ (ignored by git).
 * 2. Installs the dependencies under that Node (npm skips native packages that the Node it runs on is too old for).
 * 3. Runs the command with that Node first on PATH, and ends it when whoever started us ends.
 * Only Node's own modules: nothing is installed yet when this runs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lib/lock.mjs';

const NODE_VERSION = '24.21.0';
// crypto.argon2 came with 24.7, what the test runner's module mode needs with 24.9.
const NODE_OLDEST = [24, 9];
const WATCH_MS = 500;
const GRACE_MS = 25_000;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const runtime = path.join(root, '.runtime');
const npmCli = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/** What runs at this moment: it gets the signals that we get. @type {import('node:child_process').ChildProcess | undefined} */
let current;

/**
 * Runs a command to its end, asynchronously so that signals reach it.
 * @param {string} command @param {string[]} args @param {{ cwd?: string, env: NodeJS.ProcessEnv, input?: boolean }} options
 * @returns {Promise<number>} its exit code
 */
function run(command, args, { cwd = root, env, input = true }) {
  return new Promise((resolve) => {
    current = spawn(command, args, { cwd, env, stdio: [input ? 'inherit' : 'ignore', 'inherit', 'inherit'] });
    current.once('error', (error) => fail(`${command} could not be started: ${error.message}`));
    current.once('exit', (code, signal) => {
      // Asked to end, it ended: nothing that was to come after it may begin.
      if (signal) process.exit(signal === 'SIGINT' ? 130 : 143);
      resolve(code ?? 1);
    });
  });
}

/** Only where the system tells it for nothing; elsewhere the parent alone is watched. @param {number} pid */
function parentOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return '';
  }
}

/** Passes on every wish that we end, and notices the end of whoever started us. */
function endWithStarter() {
  process.on('SIGTERM', () => current?.kill('SIGTERM'));
  process.on('SIGHUP', () => current?.kill('SIGHUP'));
  // Ctrl-C in a terminal reaches the child by itself; a second one from us would count as "at once".
  process.on('SIGINT', () => process.stdin.isTTY || current?.kill('SIGINT'));
  // npm starts scripts through a shell that ends on SIGTERM without passing it on, and outlives an npm that was killed:
  // watch for the end of both.
  const starters = () => `${process.ppid} ${process.env.npm_execpath ? parentOf(process.ppid) : ''}`;
  const began = starters();
  const watch = setInterval(() => {
    if (starters() === began) return;
    clearInterval(watch);
    current?.kill('SIGTERM');
    setTimeout(() => current?.kill('SIGKILL'), GRACE_MS).unref();
  }, WATCH_MS);
  watch.unref();
}

/**
 * Runs npm under the given Node; without npm's own address, the `npm` on PATH finds that Node by PATH.
 * @param {string} node @param {string[]} args @param {string} [cwd]
 */
async function npm(node, args, cwd = root) {
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  const quiet = [...args, '--no-audit', '--no-fund', '--loglevel', 'error'];
  const options = { cwd, env, input: false };
  return (await (npmCli ? run(node, [npmCli, ...quiet], options) : run('npm', quiet, options))) === 0;
}

function systemNodeSuffices() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = NODE_OLDEST;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** npm's package of that name holds the binary itself; the one named `node` fetches it in an install script. */
function fetchedNodeName() {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${process.platform}-${process.arch}`;
}

/** @returns {Promise<string>} the Node to run everything with */
async function ensureNode() {
  if (systemNodeSuffices()) return process.execPath;
  const folder = path.join(runtime, `node-${NODE_VERSION}`);
  const binary = path.join(folder, 'node_modules', fetchedNodeName(), 'bin', 'node');
  if (fs.existsSync(binary)) return binary;
  await withLock(path.join(runtime, 'node.lock'), async () => {
    if (fs.existsSync(binary)) return;
    console.log(
      `Node ${process.versions.node} is older than ${NODE_OLDEST.join('.')}: fetching ${NODE_VERSION} from npm ...`,
    );
    const draft = `${folder}.new`;
    fs.rmSync(draft, { recursive: true, force: true });
    fs.mkdirSync(draft, { recursive: true });
    fs.writeFileSync(path.join(draft, 'package.json'), '{ "private": true }\n');
    const what = `${fetchedNodeName()}@${NODE_VERSION}`;
    const args = ['install', '--prefix', draft, '--no-save', '--no-package-lock', '--ignore-scripts', what];
    const inDraft = path.join(draft, path.relative(folder, binary));
    const works = (await npm(process.execPath, args, draft)) && spawnSync(inDraft, ['--version']).status === 0;
    if (!works) fail(`Could not fetch Node. Install Node ${NODE_OLDEST.join('.')} or newer yourself and start again.`);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(draft, folder);
  });
  return binary;
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, link?: boolean, os?: string[], cpu?: string[], libc?: string[] }>} */
function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** Whether what npm noted about node_modules is what the lock file asks for on this machine. */
function installedAsLocked() {
  const installed = readPackages(path.join(root, 'node_modules/.package-lock.json'));
  const glibc = Boolean(/** @type {any} */ (process.report?.getReport())?.header?.glibcVersionRuntime);
  const libc = process.platform === 'linux' ? (glibc ? 'glibc' : 'musl') : undefined;
  return Object.entries(readPackages(path.join(root, 'package-lock.json'))).every(([where, wanted]) => {
    if (!where.includes('node_modules/') || wanted.link) return true;
    const forUs =
      (!wanted.os || wanted.os.includes(process.platform)) &&
      (!wanted.cpu || wanted.cpu.includes(process.arch)) &&
      (!wanted.libc || (libc !== undefined && wanted.libc.includes(libc)));
    // An optional package without a platform may be left out for reasons of its own.
    if (!forUs || (wanted.optional && !wanted.os)) return true;
    return installed[where]?.version === wanted.version;
  });
}

/** @param {string} node */
async function ensureDependencies(node) {
  const major = systemNodeSuffices() ? process.versions.node.split('.')[0] : NODE_VERSION.split('.')[0];
  const stamp = path.join(root, 'node_modules', '.headwater-stamp');
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'));
  const wanted = `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch} node${major}\n`;
  const isDone = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted;
  if (isDone()) return;
  const install = async () => {
    if (isDone()) return;
    // Somebody who ran npm by hand has done our work; a new Node major still asks for a fresh installation.
    const byHand = !fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8').endsWith(` node${major}\n`);
    if (!byHand || !installedAsLocked()) {
      console.log('Installing dependencies ...');
      const all = ['--include=dev', '--include=optional'];
      // `npm ci` refuses a lock that lacks other platforms' packages a registry does not carry; `npm install` does not.
      if (!(await npm(node, ['ci', ...all])) && !(await npm(node, ['install', '--no-save', ...all]))) {
        fail('The dependencies could not be installed; npm says why above.');
      }
    }
    fs.writeFileSync(stamp, wanted);
  };
  await withLock(path.join(runtime, 'install.lock'), install, ({ pid }) =>
    console.log(`Process ${pid} is installing the dependencies; waiting for it ...`),
  );
}

/** @param {string} node @param {string[]} words */
async function runCommand(node, [command = '', ...args]) {
  const env = {
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
    HARDHAT_DISABLE_TELEMETRY: 'true',
    HEADWATER_BEGAN_MS: String(Math.round(performance.timeOrigin)),
  };
  process.exit(await run(command === 'node' ? node : command, args, { env }));
}

endWithStarter();
const node = await ensureNode();
await ensureDependencies(node);
if (process.argv.length > 2) await runCommand(node, process.argv.slice(2));
