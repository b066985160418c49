import type { Interface } from 'ethers';
import type { DeployOptions, Hex, RegisterContracts } from './deploy-options.js';
import { ABIS } from './deploy-plan.js';

/** Role numbers in the AccessManager. What is not listed below (proposing a key for a member) is the admin's. */
export const ROLE = {
  admin: 0n,
  membership: 1n,
  membershipDelayed: 2n,
  pauser: 3n,
  freezer: 4n,
  caseOpener: 5n,
  corrector: 6n,
  policy: 7n,
} as const;

export interface FunctionRole {
  readonly target: Hex;
  readonly role: bigint;
  readonly selectors: readonly string[];
}

export interface Grant {
  readonly role: bigint;
  readonly account: string;
  readonly delay: number;
}

/** Which role may call which restricted function. */
export function functionRolesOf(at: RegisterContracts): FunctionRole[] {
  const entry = (target: Hex, abi: Interface, role: bigint, names: readonly string[]): FunctionRole => ({
    target,
    role,
    selectors: names.map((name) => selector(abi, name)),
  });
  const { members, payables, exchange, issuePolicy } = ABIS;
  return [
    entry(at.members, members, ROLE.membership, ['admitSupplier', 'extendSupplier', 'suspendSupplier']),
    entry(at.members, members, ROLE.membershipDelayed, [
      'admit',
      'setValidUntil',
      'setRoles',
      'suspend',
      'reinstate',
      'remove',
      'appointPayer',
    ]),
    entry(at.payables, payables, ROLE.pauser, ['pause']),
    entry(at.exchange, exchange, ROLE.pauser, ['pause']),
    entry(at.payables, payables, ROLE.freezer, ['setFrozenTokens', 'hold']),
    entry(at.payables, payables, ROLE.caseOpener, ['openCase', 'withdrawCase']),
    entry(at.payables, payables, ROLE.corrector, ['forcedTransfer', 'releaseFrozen', 'releaseHold']),
    entry(at.payables, payables, ROLE.policy, ['addCashAsset', 'setIssuePolicy', 'unpause', 'retireIssuance']),
    entry(at.exchange, exchange, ROLE.policy, ['setCreditLimits', 'unpause']),
    entry(at.issuePolicy, issuePolicy, ROLE.policy, ['setRule', 'clearRule']),
  ];
}

/** Who holds which role. The admin comes last: once it is in place the deployer gives up its own. */
export function grantsOf(options: DeployOptions): Grant[] {
  const { roleHolders: who, delays } = options;
  return [
    { role: ROLE.membership, account: who.membership, delay: 0 },
    { role: ROLE.membershipDelayed, account: who.membership, delay: delays.membership },
    { role: ROLE.pauser, account: who.pauser, delay: 0 },
    { role: ROLE.freezer, account: who.freezer, delay: 0 },
    { role: ROLE.caseOpener, account: who.caseOpener, delay: 0 },
    { role: ROLE.corrector, account: who.corrector, delay: delays.corrector },
    { role: ROLE.policy, account: who.policy, delay: delays.policy },
    { role: ROLE.admin, account: who.admin, delay: delays.admin },
  ];
}

function selector(abi: Interface, name: string): string {
  const fragment = abi.getFunction(name);
  if (fragment === null) throw new TypeError(`the build has no function ${name}`);
  return fragment.selector;
}
