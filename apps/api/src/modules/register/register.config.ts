import { z } from 'zod';
import type { Currency } from '../../common/money.js';
import type { MemberRole } from '../../common/roles.js';

/** What the engine needs to know of this installation. */
export interface RegisterConfig {
  readonly databaseUrl: string;
  readonly rpcUrl: string;
  /** The chain at rpcUrl is ours alone and forgets when it stops: its clock is set, its journal replayed. */
  readonly localChain: boolean;
  readonly demo: boolean;
  readonly utcOffsetSeconds: number;
  /** Folder for the record of where the register is; absent: the record is kept in the database only. */
  readonly deploymentsDir?: string;
  /** How far the chain may be ahead of the clock before writing stops. */
  readonly clockBoundSeconds?: number;
  /** How long one question to the node may take. */
  readonly rpcTimeoutMs?: number;
}

/** Who is on the register from its first block on. Everybody else is admitted later. */
export interface RegisterGenesis {
  readonly operatorMember: number;
  readonly members: readonly { readonly memberId: number; readonly roles: readonly MemberRole[] }[];
  readonly settlementBanks: readonly { readonly memberId: number; readonly currencies: readonly Currency[] }[];
}

const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/)
  .transform((text): `0x${string}` => `0x${text.slice(2)}`);
const word = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/)
  .transform((text): `0x${string}` => `0x${text.slice(2)}`);

/** ops.deployment.record and deployments/: where the register is, and what it was made with. */
export const DeploymentRecordSchema = z.object({
  chainId: z.int(),
  block: z.int(),
  addresses: z.object({
    accessManager: address,
    members: address,
    payables: address,
    exchange: address,
    creditLimits: address,
    issuePolicy: address,
  }),
  cashAssets: z.array(
    z.object({
      index: z.int(),
      currency: z.string(),
      decimals: z.int(),
      token: address,
      bankMember: z.int(),
    }),
  ),
  familySalt: word,
  utcOffsetSeconds: z.int(),
  operatorMember: z.int(),
  /** keccak256 of the code at each address above: a register with other code is not this one. */
  codeHashes: z.record(z.string(), word),
});
export type DeploymentRecord = z.output<typeof DeploymentRecordSchema>;

/** Start-up is refused. The words are for the operator: what was found, what it means, what to do. Nothing was changed. */
export class RegisterRefusal extends Error {
  override readonly name = 'RegisterRefusal';
}
