/**
 * Makes package-lock.json good for every platform and every registry; run it after each `npm install`.
 * - npm leaves out optional packages that the registry it asked does not carry for other platforms, and `npm ci` then
 *   refuses the lock ("Missing: X from lock file"): add them by the name and version their parents ask for.
 * - Download addresses name the registry of whoever installed last: drop them, npm asks the reader's own.
 */
import fs from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = new Map([
  ...['darwin', 'win32', 'linux', 'android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony'].map(
    (name) => /** @type {const} */ ([name, name]),
  ),
  ['windows', 'win32'],
]);
const PROCESSORS = new Map([
  ...['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'].map(
    (name) => /** @type {const} */ ([name, name]),
  ),
  ['amd64', 'x64'],
]);

/** @typedef {{ version?: string, resolved?: string, link?: boolean, dev?: boolean, engines?: object, optionalDependencies?: Record<string, string> }} Entry */

/** Where Node would find `name` from inside `from`: the nearest node_modules upwards. @param {Record<string, Entry>} packages @param {string} from @param {string} name */
function isLocked(packages, from, name) {
  for (let at = from; ; ) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
    const up = at.lastIndexOf('/node_modules/');
    at = up >= 0 ? at.slice(0, up) : '';
  }
}

/** A platform package says its platform in its name: @scope/tool-linux-arm64-musl. @param {string} name */
function platformOf(name) {
  const words = (name.split('/').pop() ?? '').split(/[-.]/);
  const os = words.map((word) => SYSTEMS.get(word)).find(Boolean);
  const cpu = words.map((word) => PROCESSORS.get(word)).find(Boolean);
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  // A name that tells no system is for none: npm would otherwise try to install it everywhere.
  return { os: [os ?? 'none'], ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}

const lock = JSON.parse(fs.readFileSync(FILE, 'utf8'));
/** @type {Record<string, Entry>} */
const packages = lock.packages;
const added = [];
for (const [where, entry] of Object.entries(packages)) {
  if (!entry.link) delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(packages, where, name)) continue;
    if (!/^\d/.test(version)) {
      console.error(`Left out: ${name}, asked for as a range (${version}).`);
      continue;
    }
    const shared = { ...(entry.dev && { dev: true }), ...(entry.engines && { engines: entry.engines }) };
    packages[`node_modules/${name}`] = { version, ...shared, ...{ optional: true, ...platformOf(name) } };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
fs.writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock is complete.' : `Added ${added.length}: ${added.join(', ')}`);
