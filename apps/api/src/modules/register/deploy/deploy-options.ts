/** 0x-prefixed lower-case hex. */
export type Hex = `0x${string}`;

/** The questions that deploying asks of a chain. `Chain` answers them. */
export interface DeployChain {
  chainId(): Promise<number>;
  head(): Promise<{ readonly number: number }>;
  transactionCount(address: string): Promise<number>;
  code(address: string, block?: number | 'latest'): Promise<string>;
  view(request: { readonly to: string; readonly data: string }): Promise<string>;
}

export interface DeployTransaction {
  /** Absent when a contract is created. */
  readonly to?: Hex;
  readonly data: Hex;
}

/** Who deploys: signs, sends and waits. Every transaction must use the account's next nonce. */
export interface Deployer {
  readonly address: string;
  /** Nonce of the first transaction of this deployment, the same on every run: the addresses follow from it. */
  readonly nonce: number;
  send(transaction: DeployTransaction): Promise<{ readonly status: number }>;
}

/** Waits in seconds between scheduling and doing; 0 lets a role act at once. */
export interface Delays {
  readonly membership: number;
  readonly corrector: number;
  readonly policy: number;
  readonly admin: number;
}

export interface RoleHolders {
  /** Suppliers at once, everything else about members after `delays.membership`. */
  readonly membership: string;
  readonly pauser: string;
  readonly freezer: string;
  readonly caseOpener: string;
  readonly corrector: string;
  readonly policy: string;
  /** Grants and takes all roles, and proposes keys for members that lost theirs; later a Governor. */
  readonly admin: string;
}

export interface GenesisMember {
  readonly id: number;
  /** Bits: BUYER 1, SUPPLIER 2, BANK 4, SETTLEMENT_BANK 8, SUPERVISOR 16, OPERATOR 32. */
  readonly roles: number;
  /** Head member of the group; 0 for a group of its own. */
  readonly obligorGroup: number;
  /** Last register day (days since 1970-01-01) on which it is active. */
  readonly validUntil: number;
  readonly key: string;
}

export interface SettlementBank {
  readonly member: number;
  /** ISO 4217 codes and minor digits; one deposit money is deployed and listed for each. */
  readonly currencies: readonly { readonly code: string; readonly decimals: number }[];
}

/** The standard issue rule; exceptions are set per buyer and cash asset. */
export interface StandardIssueRule {
  readonly maxFace: bigint;
  readonly minTenorDays: number;
  readonly maxTenorDays: number;
}

export interface DeployOptions {
  readonly chain: DeployChain;
  readonly deployer: Deployer;
  readonly utcOffsetSeconds: number;
  /** 32 bytes shared by a ledger and its successors. */
  readonly ledgerFamilySalt: Hex;
  /** The ledger before this one, whose issuing has been retired. */
  readonly predecessor?: Hex;
  readonly delays: Delays;
  readonly roleHolders: RoleHolders;
  readonly standardIssueRule: StandardIssueRule;
  readonly genesisMembers: readonly GenesisMember[];
  readonly settlementBanks: readonly SettlementBank[];
}

export interface RegisterContracts {
  readonly accessManager: Hex;
  readonly members: Hex;
  readonly payables: Hex;
  readonly exchange: Hex;
  readonly creditLimits: Hex;
  readonly issuePolicy: Hex;
}

export interface DeployedCashAsset {
  readonly index: number;
  readonly currency: string;
  readonly decimals: number;
  readonly token: Hex;
  readonly bankMember: number;
}

export interface Deployment {
  readonly chainId: number;
  /** The block that the first contract stands in since; an indexer starts there. */
  readonly block: number;
  readonly addresses: RegisterContracts;
  readonly cashAssets: readonly DeployedCashAsset[];
}

/** Deploying met something that it must not write over, or could not confirm. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
}
