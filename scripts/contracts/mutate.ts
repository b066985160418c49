/**
 * Mutation test of the contracts: draws small faults by a stated seed, over every function, and asks whether the
 * Solidity tests notice. Survivors are listed; docs/register.md explains those that remain.
 *
 *   node scripts/contracts/mutate.ts [--count 220] [--seed 1] [--workers 2] [--minutes 38] [--only Exchange] [--fresh]
 *
 * Goes on where it was broken off (cache/mutation-<seed>.jsonl), unless the contracts changed or --fresh is given.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Which tests are asked first; the rest only if those notice nothing. */
const FIRST: Record<string, string[]> = {
  'Members.sol': ['Members', 'Power'],
  'Ledger.sol': ['Pass', 'Power'],
  'Corrections.sol': ['Corrections'],
  'Payables.sol': ['Issue', 'PayAndClaim', 'Endings', 'Power'],
  'Exchange.sol': ['Exchange'],
  'DepositMoney.sol': ['DepositMoney'],
  'CreditLimits.sol': ['Exchange'],
  'IssuePolicy.sol': ['Issue', 'Power'],
  'libraries/Entitlement.sol': ['Rounding'],
  'libraries/HolderAddress.sol': ['Power'],
  'libraries/RegisterDay.sol': ['Issue', 'Members'],
  'libraries/KeySignature.sol': ['Exchange'],
};

interface Mutant {
  file: string;
  line: number;
  where: string;
  operator: string;
  before: string;
  after: string;
}
type Verdict = 'killed' | 'survived' | 'stillborn';

type Operator = (line: string) => string[];

/** Every single place in a line where a pattern matches, replaced one at a time. */
function each(pattern: RegExp, replacement: (...groups: string[]) => string): Operator {
  return (line) =>
    [...line.matchAll(new RegExp(pattern, 'g'))].map(
      (match) => line.slice(0, match.index) + replacement(...match) + line.slice(match.index + match[0].length),
    );
}

const swap = (pairs: Record<string, string>) => (found: string) =>
  found.replace(found.trim(), pairs[found.trim()] ?? found.trim());
const isStatement = (line: string): boolean =>
  /^\s+[\w.[\]()]+.*;\s*$/.test(line) &&
  !/^\s*(return|revert|emit|import|using|error|event|mapping|uint|int|bool|bytes|address|string|I[A-Z]\w+|[A-Z]\w+ (memory|storage|private|internal|public|immutable)|if|for|\w+ (public|private|internal))\b/.test(
    line,
  );

const OPERATORS: Record<string, Operator> = {
  'require removed': (line) => (/^\s*if \(.*\) revert .*;\s*$/.test(line) ? [''] : []),
  'condition negated': each(/if \((.*)\) (?=revert|return|\{|continue|_)/, (_, c) => `if (!(${c})) `),
  boundary: each(/ (<=|>=|<|>) (?!>)/, swap({ '<': '<=', '<=': '<', '>': '>=', '>=': '>' })),
  'wrong side': each(/ (<=|>=|<|>) (?!>)/, swap({ '<': '>', '<=': '>=', '>': '<', '>=': '<=' })),
  equality: each(/ (==|!=) /, swap({ '==': '!=', '!=': '==' })),
  sign: each(/ (\+|-) /, swap({ '+': '-', '-': '+' })),
  'assigned sign': each(/ (\+=|-=) /, swap({ '+=': '-=', '-=': '+=' })),
  'and, or': each(/ (&&|\|\|) /, swap({ '&&': '||', '||': '&&' })),
  product: each(/ (\*|\/) /, swap({ '*': '/', '/': '*' })),
  bits: each(/ (&|\||\^|<<|>>) /, swap({ '&': '|', '|': '&', '^': '|', '<<': '>>', '>>': '<<' })),
  'event removed': (line) => (/^\s*emit .*\);\s*$/.test(line) ? [''] : []),
  'role removed': each(/ restricted\b/, () => ''),
  'guard removed': each(/ nonReentrant\b/, () => ''),
  'statement removed': (line) => (isStatement(line) ? [''] : []),
  constant: each(/(?<![\w.])(\d+)( days| hours)?(?=[;) ,])/, (_, n, unit) => `${Number(n) + 1}${unit ?? ''}`),
  'truth value': each(/\b(true|false)\b/, swap({ true: 'false', false: 'true' })),
  'branches swapped': each(/ \? ([^:?]+) : ([^;,)]+)/, (_, a, b) => ` ? ${b} : ${a}`),
  'step back': each(/\+\+(?=_|\w)/, () => '--'),
};

function candidatesOf(file: string): Mutant[] {
  const lines = readFileSync(join(root, 'contracts', file), 'utf8').split('\n');
  const found: Mutant[] = [];
  let where = '';
  for (const [index, line] of lines.entries()) {
    const start = /^\s+(?:function (\w+)|(constructor))\b/.exec(line);
    if (start) where = start[1] ?? start[2] ?? where;
    const isCode = where !== '' && !/^\s*(\/\/|\*|\/\*)/.test(line) && !/^\s*for \(/.test(line);
    if (!isCode) continue;
    for (const [operator, mutate] of Object.entries(OPERATORS)) {
      // The head of a function is only touched to take a role or a guard away.
      if (/^\s+(function|constructor|external|returns)\b/.test(line) && !/role|guard/.test(operator)) continue;
      for (const after of mutate(line)) {
        if (after !== line)
          found.push({ file, line: index + 1, where: `${file}:${where}`, operator, before: line.trim(), after });
      }
    }
  }
  return found;
}

/** mulberry32: small, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of each function first, then whatever the dice say. */
function draw(all: Mutant[], count: number, seed: number): Mutant[] {
  const dice = random(seed);
  const shuffled = all.map((mutant) => ({ mutant, at: dice() })).sort((a, b) => a.at - b.at);
  const seen = new Set<string>();
  const first: Mutant[] = [];
  const rest: Mutant[] = [];
  for (const { mutant } of shuffled) {
    (seen.has(mutant.where) ? rest : first).push(mutant);
    seen.add(mutant.where);
  }
  return [...first, ...rest].slice(0, Math.max(count, first.length));
}

function nest(): string {
  const place = mkdtempSync(join(tmpdir(), 'headwater-mutants-'));
  cpSync(join(root, 'contracts'), join(place, 'contracts'), { recursive: true });
  for (const file of ['hardhat.config.ts', 'package.json']) cpSync(join(root, file), join(place, file));
  mkdirSync(join(place, 'test/contracts'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  return place;
}

async function test(place: string, files: string[]): Promise<Verdict> {
  const env = {
    ...process.env,
    HARDHAT_DISABLE_TELEMETRY: 'true',
    HEADWATER_FUZZ_RUNS: '64',
    HEADWATER_INVARIANT_RUNS: '6',
    HEADWATER_INVARIANT_DEPTH: '80',
  };
  const args = [join(root, 'node_modules/hardhat/dist/src/cli.js'), 'test', 'solidity', ...files];
  const child = spawn(process.execPath, args, { cwd: place, env });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), 300_000);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  if (/HHE910|HHE912|Compilation failed/.test(output)) return 'stillborn';
  return code === 0 ? 'survived' : 'killed';
}

async function judge(place: string, mutant: Mutant): Promise<Verdict> {
  const path = join(place, 'contracts', mutant.file);
  const original = readFileSync(path, 'utf8');
  const lines = original.split('\n');
  lines[mutant.line - 1] = mutant.after;
  writeFileSync(path, lines.join('\n'));
  try {
    const first = (FIRST[mutant.file] ?? []).map((name) => `contracts/test/${name}.t.sol`);
    const verdict = await test(place, first);
    if (verdict !== 'survived') return verdict;
    const tests = readdirSync(join(place, 'contracts/test')).filter((name) => name.endsWith('.t.sol'));
    const others = tests.map((name) => `contracts/test/${name}`).filter((name) => !first.includes(name));
    return await test(place, [...others, 'contracts/test/support/Handler.t.sol']);
  } finally {
    writeFileSync(path, original);
  }
}

function option(name: string, usual: string): string {
  const index = process.argv.indexOf(`--${name}`);
  return index === -1 ? usual : (process.argv[index + 1] ?? usual);
}

const seed = Number(option('seed', '1'));
const only = option('only', '');
const deadline = Date.now() + Number(option('minutes', '38')) * 60_000;
const files = Object.keys(FIRST).filter((file) => file.includes(only));
const chosen = draw(files.flatMap(candidatesOf), Number(option('count', '220')), seed);

const version = createHash('sha256')
  .update(files.map((file) => readFileSync(join(root, 'contracts', file), 'utf8')).join(''))
  .digest('hex')
  .slice(0, 16);
const journal = join(root, 'cache', `mutation-${seed}.jsonl`);
mkdirSync(dirname(journal), { recursive: true });
if (process.argv.includes('--fresh')) rmSync(journal, { force: true });
const known = new Map<string, Verdict>();
const nameOf = (mutant: Mutant): string => `${version} ${mutant.file}:${mutant.line} ${mutant.after.trim()}`;
if (existsSync(journal)) {
  for (const line of readFileSync(journal, 'utf8').trim().split('\n')) {
    const entry = JSON.parse(line) as { name: string; verdict: Verdict };
    known.set(entry.name, entry.verdict);
  }
}

const waiting = chosen.filter((mutant) => !known.has(nameOf(mutant)));
console.log(`${chosen.length} mutants of ${files.length} files by seed ${seed}; ${waiting.length} still to judge`);
async function work(): Promise<void> {
  const place = nest();
  try {
    for (let mutant = waiting.shift(); mutant !== undefined && Date.now() < deadline; mutant = waiting.shift()) {
      const verdict = await judge(place, mutant);
      known.set(nameOf(mutant), verdict);
      appendFileSync(journal, `${JSON.stringify({ name: nameOf(mutant), verdict })}\n`);
      if (verdict === 'survived')
        console.log(
          `survived  ${mutant.where}:${mutant.line}  ${mutant.operator}\n    - ${mutant.before}\n    + ${mutant.after.trim()}`,
        );
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
await Promise.all(Array.from({ length: Number(option('workers', '2')) }, work));

const count = (verdict: Verdict): number => chosen.filter((mutant) => known.get(nameOf(mutant)) === verdict).length;
const [killed, survived, stillborn] = [count('killed'), count('survived'), count('stillborn')];
const share = killed + survived === 0 ? 0 : (100 * killed) / (killed + survived);
console.log(
  JSON.stringify({ seed, drawn: chosen.length, killed, survived, stillborn, killedPercent: Number(share.toFixed(1)) }),
);
if (killed + survived + stillborn < chosen.length) {
  console.log('not all were judged in time; run again to go on');
  process.exitCode = 2;
} else if (share < 90) process.exitCode = 1;
