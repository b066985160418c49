import { describe, expect, it } from '@jest/globals';
import type { EventFragment, Interface } from 'ethers';
import fc from 'fast-check';
import { ABIS } from '../abis.js';
import type { ChainLog } from '../chain/chain.js';
import type { Word } from '../register.js';
import { EventLayout } from './event-layout.js';
import { EventDecoder } from './events.js';
import { ProjectionFault } from './state.js';

const address = (n: number): Word => `0x${n.toString(16).padStart(40, '0')}`;
const ADDRESSES = {
  members: address(1),
  payables: address(2),
  exchange: address(3),
  creditLimits: address(4),
  depositMoneys: [address(5)],
};
const CONTRACTS: [Word, Interface][] = [
  [ADDRESSES.members, ABIS.members],
  [ADDRESSES.payables, ABIS.payables],
  [ADDRESSES.exchange, ABIS.exchange],
  [ADDRESSES.creditLimits, ABIS.creditLimits],
  [address(5), ABIS.depositMoney],
];
const decoder = new EventDecoder(ABIS, ADDRESSES);

function anyOf(type: string): fc.Arbitrary<bigint | string | boolean> {
  if (type === 'bool') return fc.boolean();
  if (type === 'address')
    return fc.bigInt({ min: 0n, max: 2n ** 160n - 1n }).map((n) => `0x${n.toString(16).padStart(40, '0')}`);
  const bytes = /^bytes(\d+)$/.exec(type)?.[1];
  if (bytes !== undefined) {
    const max = 2n ** BigInt(Number(bytes) * 8) - 1n;
    return fc.bigInt({ min: 0n, max }).map((n) => `0x${n.toString(16).padStart(Number(bytes) * 2, '0')}`);
  }
  return fc.bigInt({ min: 0n, max: 2n ** BigInt(/\d+$/.exec(type)?.[0] ?? 256) - 1n });
}

function logOf(contract: Word, abi: Interface, fragment: EventFragment, values: readonly unknown[]): ChainLog {
  const { topics, data } = abi.encodeEventLog(fragment, values);
  const words = topics.map((topic): Word => `0x${String(topic).slice(2)}`);
  const zero: Word = `0x${'0'.repeat(64)}`;
  return {
    address: contract,
    topics: words,
    data: `0x${data.slice(2)}`,
    logIndex: 7,
    transactionHash: zero,
    blockNumber: 1,
    blockHash: zero,
  };
}

const allEvents = CONTRACTS.flatMap(([contract, abi]) =>
  abi.fragments
    .filter((fragment): fragment is EventFragment => fragment.type === 'event')
    .map((fragment) => [fragment.name, contract, abi, fragment] as const),
);

describe('event layouts', () => {
  it.each(allEvents.filter(([, , , f]) => f.inputs.every((i) => !/\[|string|bytes$/.test(i.type))))(
    'read %s as ethers does',
    (_, contract, abi, fragment) => {
      const layout = new EventLayout(fragment);
      fc.assert(
        fc.property(fc.tuple(...fragment.inputs.map((input) => anyOf(input.type))), (values) => {
          const log = logOf(contract, abi, fragment, values);
          const parsed = abi.parseLog({ topics: [...log.topics], data: log.data });
          const reader = layout.read(log);
          for (const input of fragment.inputs) {
            const expected: unknown = parsed?.args.getValue(input.name);
            if (input.type === 'address') expect(reader.address(input.name)).toBe(String(expected).toLowerCase());
            else if (input.type === 'bytes32') expect(reader.word(input.name)).toBe(expected);
            else if (/int/.test(input.type)) expect(reader.amount(input.name)).toBe(expected);
          }
        }),
        { numRuns: 50 },
      );
    },
  );

  it('reads a currency', () => {
    const fragment = ABIS.payables.getEvent('CashAssetAdded');
    if (fragment === null) throw new Error('no such event');
    const log = logOf(ADDRESSES.payables, ABIS.payables, fragment, [3, '0x434e59', address(9), 2]);
    expect(decoder.decode(log)).toMatchObject({
      name: 'CashAssetAdded',
      index: 3,
      currency: 'CNY',
      token: address(9),
      bank: 2,
    });
  });

  it('refuses a layout with a field of more than one word', () => {
    const fragment = ABIS.payables.getEvent('TransferBatch');
    if (fragment === null) throw new Error('no such event');
    expect(() => new EventLayout(fragment)).toThrow(/not one word/);
  });
});

describe('the decoder', () => {
  it.each(allEvents)('knows what to do with %s', (name, contract, abi, fragment) => {
    const unknown = name === 'TransferBatch' || name === 'URI';
    const zeros = fragment.inputs.map((input) =>
      /\[/.test(input.type)
        ? []
        : input.type === 'string'
          ? ''
          : input.type === 'bool'
            ? false
            : /^bytes/.test(input.type)
              ? `0x${'0'.repeat(Number(/\d+/.exec(input.type)?.[0]) * 2)}`
              : input.type === 'address'
                ? address(0)
                : 0,
    );
    const log = logOf(contract, abi, fragment, zeros);
    if (unknown) expect(() => decoder.decode(log)).toThrow(ProjectionFault);
    else expect(() => decoder.decode(log)).not.toThrow();
  });

  it('stops at an event or a contract it does not know, and at a log that is cut short', () => {
    const fragment = ABIS.payables.getEvent('Paid');
    if (fragment === null) throw new Error('no such event');
    const log = logOf(ADDRESSES.payables, ABIS.payables, fragment, [1, 2, 3, 4, 3]);
    expect(decoder.decode(log)).toMatchObject({ name: 'Paid', payer: 2, amount: 3n, paidAfter: 4n, status: 3 });
    expect(() => decoder.decode({ ...log, address: address(99) })).toThrow(ProjectionFault);
    expect(() => decoder.decode({ ...log, topics: [`0x${'1'.repeat(64)}`] })).toThrow(ProjectionFault);
    expect(() => decoder.decode({ ...log, data: `0x${log.data.slice(2, 80)}` })).toThrow(/missing/);
  });
});
