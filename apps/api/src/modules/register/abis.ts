import { Interface, type InterfaceAbi } from 'ethers';
import { creditLimits, depositMoney, exchange, issuePolicy, members, payables } from './generated/contracts.js';
import type { RegisterAbis } from './indexer/events.js';

const abi = (contract: { readonly abi: InterfaceAbi }): Interface => new Interface(contract.abi);

/** What the register's contracts understand and say. */
export const ABIS: RegisterAbis & { readonly issuePolicy: Interface } = {
  members: abi(members),
  payables: abi(payables),
  exchange: abi(exchange),
  depositMoney: abi(depositMoney),
  creditLimits: abi(creditLimits),
  issuePolicy: abi(issuePolicy),
};
