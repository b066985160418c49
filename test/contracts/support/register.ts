import { Contract, type ContractRunner, id as hashOf, type InterfaceAbi, type Signer } from 'ethers';
import hre from 'hardhat';
import { deployRegister } from '../../../apps/api/src/modules/register/deploy/deploy.js';
import type {
  DeployChain,
  Deployment,
  DeployOptions,
  Hex,
} from '../../../apps/api/src/modules/register/deploy/deploy-options.js';
import * as build from '../../../apps/api/src/modules/register/generated/contracts.js';

export type Network = Awaited<ReturnType<typeof hre.network.create>>;

export const ROLE = { buyer: 1, supplier: 2, bank: 4, settlementBank: 8 } as const;

/** Members of the tests, by number. The position in this list is the position of the key among the signers. */
export const MEMBERS = [
  { name: 'buyer', id: 1, roles: ROLE.buyer },
  { name: 'supplier', id: 2, roles: ROLE.supplier },
  { name: 'second', id: 3, roles: ROLE.supplier },
  { name: 'bank', id: 4, roles: ROLE.bank },
  { name: 'otherBank', id: 5, roles: ROLE.bank },
  { name: 'settlement', id: 6, roles: ROLE.settlementBank },
] as const;

export type MemberName = (typeof MEMBERS)[number]['name'];

const HOLDERS = ['membership', 'pauser', 'freezer', 'caseOpener', 'corrector', 'policy', 'admin'] as const;
export const FAR = 40_000;

export function chainOf(network: Network): DeployChain {
  const { provider } = network;
  const ask = async (method: string, params: unknown[]): Promise<string> =>
    String(await provider.request({ method, params }));
  const hex = (block: number | 'latest'): string => (block === 'latest' ? block : `0x${block.toString(16)}`);
  return {
    chainId: async () => Number(await ask('eth_chainId', [])),
    head: async () => ({ number: Number(await ask('eth_blockNumber', [])) }),
    transactionCount: async (address) => Number(await ask('eth_getTransactionCount', [address, 'latest'])),
    code: (address, block = 'latest') => ask('eth_getCode', [address, hex(block)]),
    view: (request) => ask('eth_call', [request, 'latest']),
  };
}

export interface Sending {
  count: number;
  /** Stops the deployer before this many transactions have been sent. */
  stopAt?: number;
}

export async function optionsFor(
  network: Network,
  deployer: Signer,
  sending: Sending = { count: 0 },
): Promise<DeployOptions> {
  const signers = await network.ethers.getSigners();
  const address = (index: number): string => signers[index]?.address ?? '';
  const holder = Object.fromEntries(HOLDERS.map((name, index) => [name, address(10 + index)]));
  const deployerAddress = await deployer.getAddress();
  return {
    chain: chainOf(network),
    deployer: {
      address: deployerAddress,
      nonce: 0,
      send: async (transaction) => {
        if (sending.count === sending.stopAt) throw new Error('broken off');
        sending.count += 1;
        const receipt = await (await deployer.sendTransaction(transaction)).wait();
        return { status: receipt?.status ?? 0 };
      },
    },
    utcOffsetSeconds: 8 * 3600,
    ledgerFamilySalt: hashOf('headwater tests') as Hex,
    delays: { membership: 0, corrector: 0, policy: 0, admin: 0 },
    roleHolders: holder as unknown as DeployOptions['roleHolders'],
    standardIssueRule: { maxFace: 10n ** 15n, minTenorDays: 1, maxTenorDays: 365 },
    genesisMembers: MEMBERS.map((member, index) => ({
      id: member.id,
      roles: member.roles,
      obligorGroup: 0,
      validUntil: FAR,
      key: address(index),
    })),
    settlementBanks: [
      {
        member: 6,
        currencies: [
          { code: 'CNY', decimals: 2 },
          { code: 'JPY', decimals: 0 },
        ],
      },
    ],
  };
}

export interface Register {
  readonly network: Network;
  readonly deployment: Deployment;
  readonly members: Contract;
  readonly payables: Contract;
  readonly exchange: Contract;
  readonly creditLimits: Contract;
  readonly issuePolicy: Contract;
  readonly manager: Contract;
  readonly money: Contract;
  readonly key: Record<MemberName, Signer & { address: string }>;
  readonly power: Record<(typeof HOLDERS)[number], Signer & { address: string }>;
}

/** A fresh chain with the register on it, deployed by the very script that production uses. */
export async function freshRegister(): Promise<Register> {
  const network = await hre.network.create();
  const signers = await network.ethers.getSigners();
  const pick = (index: number): Signer & { address: string } => {
    const signer = signers[index];
    if (signer === undefined) throw new Error(`the test network has no account ${index}`);
    return signer;
  };
  const deployment = await deployRegister(await optionsFor(network, pick(19)));
  const at = (target: string, abi: InterfaceAbi): Contract => new Contract(target, abi, pick(0) as ContractRunner);
  const { addresses, cashAssets } = deployment;
  return {
    network,
    deployment,
    members: at(addresses.members, build.members.abi),
    payables: at(addresses.payables, build.payables.abi),
    exchange: at(addresses.exchange, build.exchange.abi),
    creditLimits: at(addresses.creditLimits, build.creditLimits.abi),
    issuePolicy: at(addresses.issuePolicy, build.issuePolicy.abi),
    manager: at(addresses.accessManager, build.accessManager.abi),
    money: at(cashAssets[0]?.token ?? '', build.depositMoney.abi),
    key: Object.fromEntries(MEMBERS.map((member, index) => [member.name, pick(index)])) as Register['key'],
    power: Object.fromEntries(HOLDERS.map((name, index) => [name, pick(10 + index)])) as Register['power'],
  };
}
