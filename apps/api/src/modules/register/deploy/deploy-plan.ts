import { AbiCoder, encodeBytes32String, getCreateAddress, Interface, type InterfaceAbi, zeroPadBytes } from 'ethers';
import * as build from '../generated/contracts.js';
import type { DeployedCashAsset, DeployOptions, Hex, RegisterContracts } from './deploy-options.js';

/** What was compiled: enough to create a contract, to call it and to recognise it. */
export interface Build {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
  readonly deployedBytecode: string;
  readonly immutables: readonly (readonly [start: number, length: number])[];
}

/** One contract of the plan. `expected` are views whose answers must be these, beside the code itself. */
export interface PlannedContract {
  readonly name: string;
  readonly address: Hex;
  readonly abi: Interface;
  readonly build: Build;
  readonly creation: Hex;
  readonly expected: readonly { readonly view: string; readonly answer: Hex }[];
}

export interface Plan {
  readonly contracts: readonly PlannedContract[];
  readonly addresses: RegisterContracts;
  readonly cashAssets: readonly DeployedCashAsset[];
}

export const ABIS = {
  accessManager: new Interface(build.accessManager.abi),
  members: new Interface(build.members.abi),
  payables: new Interface(build.payables.abi),
  exchange: new Interface(build.exchange.abi),
  issuePolicy: new Interface(build.issuePolicy.abi),
} as const;

const ZERO: Hex = `0x${'0'.repeat(40)}`;

/** Everything that will be created, in order, with the addresses that follow from the deployer's nonces. */
export function planOf(options: DeployOptions): Plan {
  const addressAt = (index: number): Hex =>
    lower(getCreateAddress({ from: options.deployer.address, nonce: options.deployer.nonce + index }));
  const addresses: RegisterContracts = {
    accessManager: addressAt(0),
    members: addressAt(1),
    payables: addressAt(2),
    exchange: addressAt(3),
    creditLimits: addressAt(4),
    issuePolicy: addressAt(5),
  };
  const cashAssets = options.settlementBanks
    .flatMap((bank) => bank.currencies.map((currency) => ({ bankMember: bank.member, ...currency })))
    .map((asset, index) => ({
      index,
      currency: asset.code,
      decimals: asset.decimals,
      token: addressAt(6 + index),
      bankMember: asset.bankMember,
    }));
  return {
    addresses,
    cashAssets,
    contracts: [...coreContracts(options, addresses), ...cashAssets.map((asset) => depositMoney(asset, addresses))],
  };
}

// long: one entry a contract, in the order they are deployed
function coreContracts(options: DeployOptions, at: RegisterContracts): PlannedContract[] {
  const predecessor = options.predecessor ?? ZERO;
  const rule = options.standardIssueRule;
  const offset = options.utcOffsetSeconds;
  return [
    contract('AccessManager', at.accessManager, build.accessManager, [['address', options.deployer.address]], []),
    contract(
      'Members',
      at.members,
      build.members,
      [
        ['address', at.accessManager],
        ['int32', offset],
      ],
      [['UTC_OFFSET', 'int32', offset]],
    ),
    contract(
      'Payables',
      at.payables,
      build.payables,
      [
        ['address', at.accessManager],
        ['address', at.members],
        ['address', at.exchange],
        ['address', at.issuePolicy],
        ['bytes32', options.ledgerFamilySalt],
        ['address', predecessor],
      ],
      [
        ['MEMBERS', 'address', at.members],
        ['EXCHANGE', 'address', at.exchange],
        ['UTC_OFFSET', 'int32', offset],
        ['FAMILY_SALT', 'bytes32', options.ledgerFamilySalt],
        ['PREDECESSOR', 'address', predecessor],
      ],
    ),
    contract(
      'Exchange',
      at.exchange,
      build.exchange,
      [
        ['address', at.accessManager],
        ['address', at.members],
        ['address', at.payables],
        ['address', at.creditLimits],
      ],
      [
        ['MEMBERS', 'address', at.members],
        ['PAYABLES', 'address', at.payables],
      ],
    ),
    contract(
      'CreditLimits',
      at.creditLimits,
      build.creditLimits,
      [['address', at.members]],
      [['MEMBERS', 'address', at.members]],
    ),
    contract(
      'IssuePolicy',
      at.issuePolicy,
      build.issuePolicy,
      [
        ['address', at.accessManager],
        ['uint88', rule.maxFace],
        ['uint16', rule.minTenorDays],
        ['uint16', rule.maxTenorDays],
      ],
      [
        ['STANDARD_MAX_FACE', 'uint88', rule.maxFace],
        ['STANDARD_MIN_TENOR', 'uint16', rule.minTenorDays],
        ['STANDARD_MAX_TENOR', 'uint16', rule.maxTenorDays],
      ],
    ),
  ];
}

function depositMoney(asset: DeployedCashAsset, at: RegisterContracts): PlannedContract {
  const currency = currencyWord(asset.currency);
  return contract(
    `DepositMoney ${asset.currency} of member ${asset.bankMember}`,
    asset.token,
    build.depositMoney,
    [
      ['address', at.members],
      ['address', at.payables],
      ['address', at.exchange],
      ['uint32', asset.bankMember],
      ['bytes3', currency],
      ['uint8', asset.decimals],
      ['string', `Deposit money ${asset.currency} of member ${asset.bankMember}`],
      ['string', `${asset.currency}.${asset.bankMember}`],
    ],
    [
      ['MEMBERS', 'address', at.members],
      ['PAYABLES', 'address', at.payables],
      ['EXCHANGE', 'address', at.exchange],
      ['BANK', 'uint32', asset.bankMember],
      ['currency', 'bytes3', currency],
      ['decimals', 'uint8', asset.decimals],
    ],
  );
}

type Typed = readonly [type: string, value: string | number | bigint];
type Expected = readonly [view: string, type: string, value: string | number | bigint];

function contract(
  name: string,
  address: Hex,
  built: Build,
  args: readonly Typed[],
  expected: readonly Expected[],
): PlannedContract {
  const coder = AbiCoder.defaultAbiCoder();
  const tail = coder.encode(
    args.map(([type]) => type),
    args.map(([, value]) => value),
  );
  return {
    name,
    address,
    abi: new Interface(built.abi),
    build: built,
    creation: lower(built.bytecode + tail.slice(2)),
    expected: expected.map(([view, type, value]) => ({ view, answer: lower(coder.encode([type], [value])) })),
  };
}

/** A currency code as the three letters that the register stores. */
export function currencyWord(code: string): Hex {
  return lower(zeroPadBytes(encodeBytes32String(code).slice(0, 8), 3));
}

export function lower(hex: string): Hex {
  return `0x${hex.slice(2).toLowerCase()}`;
}
