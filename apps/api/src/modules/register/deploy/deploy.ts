import type { Interface } from 'ethers';
import {
  type Deployment,
  DeploymentError,
  type DeployOptions,
  type DeployTransaction,
  type GenesisMember,
  type Hex,
} from './deploy-options.js';
import { ABIS, currencyWord, lower, type Plan, type PlannedContract, planOf } from './deploy-plan.js';
import { functionRolesOf, type Grant, grantsOf, ROLE } from './deploy-roles.js';

/**
 * Puts the register on a chain, or finds it there. Every step looks before it acts, so a run that was broken off is
 * continued by the next one, and a run over a finished register sends nothing. It ends by asserting that the deployer
 * holds nothing.
 */
export async function deployRegister(options: DeployOptions): Promise<Deployment> {
  requireSeparateHolders(options);
  const plan = planOf(options);
  for (const [index, contract] of plan.contracts.entries()) {
    await createContract(options, contract, index);
    await verifyContract(options, contract);
  }
  // Once handed over, roles are governed by those who hold them, and are nothing that a deployment may set back.
  if (await hasRole(options, plan, ROLE.admin, options.deployer.address)) {
    await admitGenesisMembers(options, plan);
    await listCashAssets(options, plan);
    await assignFunctions(options, plan);
    await grantRoles(options, plan);
    await renounce(options, plan);
  }
  await requireListed(options, plan);
  await requireDeployerHoldsNothing(options, plan);
  return {
    chainId: await options.chain.chainId(),
    block: await firstBlockOf(options, plan.addresses.accessManager),
    addresses: plan.addresses,
    cashAssets: plan.cashAssets,
  };
}

function requireSeparateHolders({ roleHolders, deployer }: DeployOptions): void {
  const { corrector, caseOpener, freezer } = roleHolders;
  if (same(corrector, caseOpener)) {
    throw new DeploymentError('case opener and corrector must be two: nobody may both open and carry out a correction');
  }
  if (same(corrector, freezer)) throw new DeploymentError('freezer and corrector must be two');
  for (const [role, account] of Object.entries(roleHolders)) {
    if (same(account, deployer.address)) throw new DeploymentError(`the deployer must not hold the role ${role}`);
  }
}

async function createContract(options: DeployOptions, contract: PlannedContract, index: number): Promise<void> {
  if ((await options.chain.code(contract.address)) !== '0x') return;
  const { address, nonce } = options.deployer;
  const next = await options.chain.transactionCount(address);
  if (next !== nonce + index) {
    throw new DeploymentError(
      `${contract.name} would not get its planned address: the deployer's next nonce is ${next}, planned was ` +
        `${nonce + index}. Deploy again from an unused account.`,
    );
  }
  await send(options, { data: contract.creation }, `creating ${contract.name}`);
}

/** The code on the chain must be the build's, immutables aside, and the immutables must say what was planned. */
async function verifyContract(options: DeployOptions, contract: PlannedContract): Promise<void> {
  const actual = masked(await options.chain.code(contract.address), contract.build.immutables);
  if (actual !== masked(contract.build.deployedBytecode, contract.build.immutables)) {
    throw new DeploymentError(`the code at ${contract.address} is not this build's ${contract.name}`);
  }
  for (const { view, answer } of contract.expected) {
    const data = contract.abi.encodeFunctionData(view);
    const found = await options.chain.view({ to: contract.address, data });
    if (found !== answer) throw new DeploymentError(`${contract.name}.${view} answers ${found}, planned was ${answer}`);
  }
}

async function admitGenesisMembers(options: DeployOptions, plan: Plan): Promise<void> {
  const { members } = plan.addresses;
  for (const member of options.genesisMembers) {
    const [known] = await ask(options, members, ABIS.members, 'wasAdmitted', [member.id]);
    if (known === true) continue;
    await call(options, members, ABIS.members, 'admit', admission(member));
  }
}

function admission(member: GenesisMember): readonly (number | string)[] {
  return [member.id, member.roles, member.obligorGroup, member.validUntil, member.key];
}

async function listCashAssets(options: DeployOptions, plan: Plan): Promise<void> {
  const { payables } = plan.addresses;
  const [count] = await ask(options, payables, ABIS.payables, 'cashAssetCount', []);
  for (const asset of plan.cashAssets.slice(Number(count))) {
    const entry = [currencyWord(asset.currency), asset.token, asset.bankMember];
    await call(options, payables, ABIS.payables, 'addCashAsset', entry);
  }
}

async function assignFunctions(options: DeployOptions, plan: Plan): Promise<void> {
  const manager = plan.addresses.accessManager;
  for (const { target, role, selectors } of functionRolesOf(plan.addresses)) {
    const open: string[] = [];
    for (const selector of selectors) {
      const [current] = await ask(options, manager, ABIS.accessManager, 'getTargetFunctionRole', [target, selector]);
      if (current !== role) open.push(selector);
    }
    if (open.length === 0) continue;
    await call(options, manager, ABIS.accessManager, 'setTargetFunctionRole', [target, open, role]);
  }
}

async function grantRoles(options: DeployOptions, plan: Plan): Promise<void> {
  for (const grant of grantsOf(options)) {
    if (await hasGrant(options, plan, grant)) continue;
    const args = [grant.role, grant.account, grant.delay];
    await call(options, plan.addresses.accessManager, ABIS.accessManager, 'grantRole', args);
  }
}

async function renounce(options: DeployOptions, plan: Plan): Promise<void> {
  const args = [ROLE.admin, options.deployer.address];
  await call(options, plan.addresses.accessManager, ABIS.accessManager, 'renounceRole', args);
}

async function requireListed(options: DeployOptions, plan: Plan): Promise<void> {
  for (const asset of plan.cashAssets) {
    const [found] = await ask(options, plan.addresses.payables, ABIS.payables, 'cashAsset', [asset.index]);
    if (!same(tokenOf(found), asset.token)) {
      throw new DeploymentError(
        `cash asset ${asset.index} is not the planned ${asset.currency} of ${asset.bankMember}`,
      );
    }
  }
}

async function requireDeployerHoldsNothing(options: DeployOptions, plan: Plan): Promise<void> {
  const { address } = options.deployer;
  for (const [name, role] of Object.entries(ROLE)) {
    if (await hasRole(options, plan, role, address))
      throw new DeploymentError(`the deployer still holds the role ${name}`);
  }
  const [member] = await ask(options, plan.addresses.members, ABIS.members, 'memberOfKey', [address]);
  if (member !== 0n) throw new DeploymentError(`the deployer is a key of member ${String(member)}`);
}

/** Found by halving, so that a later run gives the same answer without having kept it. */
async function firstBlockOf(options: DeployOptions, address: Hex): Promise<number> {
  let [low, high] = [0, (await options.chain.head()).number];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await options.chain.code(address, middle)) === '0x') low = middle + 1;
    else high = middle;
  }
  return low;
}

async function hasRole(options: DeployOptions, plan: Plan, role: bigint, account: string): Promise<boolean> {
  const [held] = await ask(options, plan.addresses.accessManager, ABIS.accessManager, 'hasRole', [role, account]);
  return held === true;
}

async function hasGrant(options: DeployOptions, plan: Plan, grant: Grant): Promise<boolean> {
  const args = [grant.role, grant.account];
  const [held, delay] = await ask(options, plan.addresses.accessManager, ABIS.accessManager, 'hasRole', args);
  return held === true && delay === BigInt(grant.delay);
}

type Arguments = readonly (string | number | bigint | readonly string[])[];

async function ask(
  options: DeployOptions,
  to: Hex,
  abi: Interface,
  name: string,
  args: Arguments,
): Promise<readonly unknown[]> {
  const answer = await options.chain.view({ to, data: abi.encodeFunctionData(name, args) });
  return abi.decodeFunctionResult(name, answer);
}

async function call(options: DeployOptions, to: Hex, abi: Interface, name: string, args: Arguments): Promise<void> {
  await send(options, { to, data: lower(abi.encodeFunctionData(name, args)) }, name);
}

async function send(options: DeployOptions, transaction: DeployTransaction, what: string): Promise<void> {
  const receipt = await options.deployer.send(transaction);
  if (receipt.status !== 1) throw new DeploymentError(`${what} was reverted`);
}

function masked(code: string, places: readonly (readonly [start: number, length: number])[]): string {
  const bytes = Buffer.from(code.slice(2), 'hex');
  for (const [start, length] of places) bytes.fill(0, start, start + length);
  return bytes.toString('hex');
}

/** The first field of a listing; ethers' results answer to names but do not have them. */
function tokenOf(listing: unknown): string {
  return Array.isArray(listing) ? String(listing[0]) : '';
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
