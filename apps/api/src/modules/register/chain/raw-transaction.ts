import { Signature, Transaction } from 'ethers';
import type { Word } from '../register.js';
import type { ChainTransaction } from './chain.js';

/**
 * The signed bytes of a mined transaction, rebuilt from what the node tells about it. The hash of the bytes must be the
 * transaction's hash, so a field this function does not know can never go unnoticed.
 */
export function rawTransaction(transaction: ChainTransaction): Word {
  const built = new Transaction();
  built.type = transaction.type;
  built.nonce = transaction.nonce;
  built.to = transaction.to;
  built.value = transaction.value;
  built.data = transaction.input;
  built.gasLimit = transaction.gas;
  if (transaction.type === 2) {
    built.maxFeePerGas = transaction.maxFeePerGas ?? 0n;
    built.maxPriorityFeePerGas = transaction.maxPriorityFeePerGas ?? 0n;
  } else {
    built.gasPrice = transaction.gasPrice ?? 0n;
  }
  if (transaction.chainId !== undefined) built.chainId = transaction.chainId;
  if (transaction.type !== 0) built.accessList = transaction.accessList ?? [];
  built.signature = Signature.from({ r: pad32(transaction.r), s: pad32(transaction.s), v: transaction.v });
  const raw = built.serialized.toLowerCase();
  if (built.hash?.toLowerCase() !== transaction.hash) {
    throw new Error(`transaction ${transaction.hash} cannot be rebuilt from the node's answer`);
  }
  return `0x${raw.slice(2)}`;
}

function pad32(word: string): string {
  return `0x${word.slice(2).padStart(64, '0')}`;
}
