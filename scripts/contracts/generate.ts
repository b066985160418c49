/**
 * Writes what the back office knows of the contracts: ABI, creation code, and deployed code with the places of its
 * immutables (to verify what stands on a chain). With --check it only says whether the committed file is up to date.
 *
 *   node scripts/contracts/generate.ts [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import hre from 'hardhat';

type Place = { start: number; length: number };
type Artifact = {
  abi: readonly object[];
  bytecode: string;
  deployedBytecode: string;
  immutableReferences?: Record<string, Place[]>;
};

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const target = join(root, 'apps/api/src/modules/register/generated/contracts.ts');

const contracts: Record<string, string> = {
  accessManager: '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager',
  members: 'contracts/Members.sol/Members',
  payables: 'contracts/Payables.sol/Payables',
  exchange: 'contracts/Exchange.sol/Exchange',
  creditLimits: 'contracts/CreditLimits.sol/CreditLimits',
  issuePolicy: 'contracts/IssuePolicy.sol/IssuePolicy',
  depositMoney: 'contracts/DepositMoney.sol/DepositMoney',
};

function read(path: string): Artifact {
  return JSON.parse(readFileSync(join(root, 'artifacts', `${path}.json`), 'utf8')) as Artifact;
}

function render(name: string, artifact: Artifact): string {
  const places = Object.values(artifact.immutableReferences ?? {})
    .flat()
    .sort((a, b) => a.start - b.start)
    .map((p) => `[${p.start}, ${p.length}]`);
  // One entry a line, so that a change of the interface shows as just that line.
  const entries = artifact.abi.map((entry) => `    ${JSON.stringify(entry)},`);
  return [
    `export const ${name} = {`,
    `  abi: [`,
    ...entries,
    `  ],`,
    `  bytecode: '${artifact.bytecode}',`,
    `  deployedBytecode: '${artifact.deployedBytecode}',`,
    `  immutables: [${places.join(', ')}],`,
    `} as const;`,
  ].join('\n');
}

// The build belongs to the generating: an old artifact would otherwise be written without a word.
await hre.tasks.getTask('build').run({ noTests: true, quiet: true });

const text = [
  '// Written by scripts/contracts/generate.ts from the compiled contracts. Do not edit.',
  '',
  ...Object.entries(contracts).flatMap(([name, path]) => [render(name, read(path)), '']),
].join('\n');

if (process.argv.includes('--check')) {
  const committed = readFileSync(target, 'utf8');
  if (committed !== text) {
    console.error('apps/api/src/modules/register/generated/contracts.ts is out of date: npm run generate:contracts');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
