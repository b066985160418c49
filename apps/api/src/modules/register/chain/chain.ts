import { z } from 'zod';
import type { Word } from '../register.js';
import { bigQuantitySchema, hexSchema, quantitySchema, Rpc, RpcRefusal } from './rpc.js';

const BlockSchema = z.object({
  number: quantitySchema,
  hash: hexSchema,
  parentHash: hexSchema,
  timestamp: quantitySchema,
});
const AccessListSchema = z.array(z.object({ address: hexSchema, storageKeys: z.array(hexSchema) })).optional();

const TransactionSchema = z.object({
  hash: hexSchema,
  type: quantitySchema,
  nonce: quantitySchema,
  to: hexSchema.nullable(),
  value: bigQuantitySchema,
  input: hexSchema,
  gas: bigQuantitySchema,
  gasPrice: bigQuantitySchema.optional(),
  maxFeePerGas: bigQuantitySchema.optional(),
  maxPriorityFeePerGas: bigQuantitySchema.optional(),
  chainId: quantitySchema.optional(),
  accessList: AccessListSchema,
  from: hexSchema,
  r: hexSchema,
  s: hexSchema,
  v: bigQuantitySchema,
});
const FullBlockSchema = BlockSchema.extend({ transactions: z.array(TransactionSchema) });

const LogSchema = z.object({
  address: hexSchema,
  topics: z.array(hexSchema),
  data: hexSchema,
  logIndex: quantitySchema,
  transactionHash: hexSchema,
  blockNumber: quantitySchema,
  blockHash: hexSchema,
});
const ReceiptSchema = z.object({
  transactionHash: hexSchema,
  status: quantitySchema,
  blockNumber: quantitySchema,
  blockHash: hexSchema,
  gasUsed: bigQuantitySchema,
  contractAddress: hexSchema.nullable().optional(),
});

export type ChainBlock = z.output<typeof BlockSchema>;
export type ChainFullBlock = z.output<typeof FullBlockSchema>;
export type ChainTransaction = z.output<typeof TransactionSchema>;
export type ChainLog = z.output<typeof LogSchema>;
export type ChainReceipt = z.output<typeof ReceiptSchema>;

export interface CallRequest {
  readonly from?: string;
  readonly to: string;
  readonly data: string;
  readonly gas?: number;
}

/** The few questions this project asks a chain node, each answer parsed. */
export class Chain {
  constructor(readonly rpc: Rpc) {}

  chainId(): Promise<number> {
    return this.rpc.call('eth_chainId', [], quantitySchema);
  }

  async head(): Promise<ChainBlock> {
    return this.rpc.call('eth_getBlockByNumber', ['latest', false], BlockSchema);
  }

  block(number: number): Promise<ChainBlock | null> {
    return this.rpc.call('eth_getBlockByNumber', [hex(number), false], BlockSchema.nullable());
  }

  fullBlock(number: number): Promise<ChainFullBlock | null> {
    return this.rpc.call('eth_getBlockByNumber', [hex(number), true], FullBlockSchema.nullable());
  }

  /** Logs of exactly one block, named by hash so that a reorg between two questions cannot mix two histories. */
  logsOf(blockHash: Word, addresses: readonly string[]): Promise<ChainLog[]> {
    return this.rpc.call('eth_getLogs', [{ blockHash, address: addresses }], z.array(LogSchema));
  }

  transaction(hash: Word): Promise<ChainTransaction | null> {
    return this.rpc.call('eth_getTransactionByHash', [hash], TransactionSchema.nullable());
  }

  receipt(hash: Word): Promise<ChainReceipt | null> {
    return this.rpc.call('eth_getTransactionReceipt', [hash], ReceiptSchema.nullable());
  }

  transactionCount(address: string): Promise<number> {
    return this.rpc.call('eth_getTransactionCount', [address, 'latest'], quantitySchema);
  }

  code(address: string, block: number | 'latest' = 'latest'): Promise<Word> {
    return this.rpc.call('eth_getCode', [address, block === 'latest' ? block : hex(block)], hexSchema);
  }

  /** Runs a call without changing anything; a revert is an RpcRefusal that carries the contract's data. */
  view(request: CallRequest, block: number | 'latest' = 'latest'): Promise<Word> {
    const { gas, ...rest } = request;
    const call = gas === undefined ? rest : { ...rest, gas: hex(gas) };
    return this.rpc.call('eth_call', [call, block === 'latest' ? block : hex(block)], hexSchema);
  }

  sendRaw(signed: Word): Promise<Word> {
    return this.rpc.call('eth_sendRawTransaction', [signed], hexSchema);
  }

  /** Local chain only: the timestamp of the next block, which may equal the last one's. */
  async setNextTimestamp(seconds: number): Promise<void> {
    await this.rpc.call('evm_setNextBlockTimestamp', [hex(seconds)], z.unknown());
  }

  /** Local chain only. */
  async mine(): Promise<void> {
    await this.rpc.call('evm_mine', [], z.unknown());
  }
}

export function hex(number: number): Word {
  return `0x${number.toString(16)}`;
}

/** The node knows these bytes already, or has mined them: the send did what it should. */
export function isAlreadyKnown(error: unknown): boolean {
  return (
    error instanceof RpcRefusal &&
    /already known|already imported|known transaction|already exists/i.test(error.message)
  );
}
