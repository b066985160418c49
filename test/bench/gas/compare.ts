import { Contract, id as hashOf, type Signer } from 'ethers';
import hre from 'hardhat';

import { type Figures, gasOf, measureRegister } from './scenarios.js';

/**
 * The same operations on an OpenZeppelin ERC-1155, an ERC-721 and an ERC-20 clone for each payable, and the floor: the
 * transaction, its calldata, the storage words that must change and the logs that must be written, and nothing else.
 */
type Column = 'floor' | 'register' | 'ERC-1155' | 'ERC-721' | 'ERC-20 clone';
const COLUMNS: readonly Column[] = ['floor', 'register', 'ERC-1155', 'ERC-721', 'ERC-20 clone'];

const FACE = 1_000_000_00n;
const HASHES = 5;

// What the yellow paper charges since Berlin, with EIP-2028 calldata.
const TRANSACTION = 21_000;
const NEW_WORD = 22_100;
const CHANGED_WORD = 5_000;
const CLEARED_WORD = 5_000 - 4_800;
const READ_WORD = 2_100;
const CALL = 2_600;
const log = (topics: number, words: number): number => 375 + 375 * topics + 8 * 32 * words;
const TRANSFER_SINGLE = log(4, 2);
/** Selector and words: a hash has 32 busy bytes, a number about four. */
const calldata = (hashes: number, numbers: number): number => 64 + hashes * 512 + numbers * (28 * 4 + 4 * 16);

const ISSUED = log(4, 9);
const ITEM = calldata(4, 6);
const MONEY_MOVES = CALL + CHANGED_WORD * 2 + log(3, 1);

const FLOOR: Figures = {
  issue: TRANSACTION + ITEM + NEW_WORD * 2 + TRANSFER_SINGLE + ISSUED,
  'issue in a batch of 100, each': TRANSACTION / 100 + ITEM + NEW_WORD * 2 + TRANSFER_SINGLE + ISSUED,
  'pass of part': TRANSACTION + calldata(2, 8) + CHANGED_WORD + NEW_WORD + TRANSFER_SINGLE,
  'pass to ten recipients': TRANSACTION + calldata(11, 26) + CHANGED_WORD + 10 * (NEW_WORD + TRANSFER_SINGLE),
  pay: TRANSACTION + calldata(1, 2) + CHANGED_WORD + MONEY_MOVES + log(2, 1),
  'claim of one id': TRANSACTION + calldata(1, 1) + READ_WORD + CLEARED_WORD + TRANSFER_SINGLE + MONEY_MOVES,
};

class Peer {
  readonly #book: Contract;
  readonly #buyer: Signer & { address: string };
  readonly #supplier: Signer & { address: string };
  #serial = 0;

  constructor(book: Contract, buyer: Signer & { address: string }, supplier: Signer & { address: string }) {
    this.#book = book;
    this.#buyer = buyer;
    this.#supplier = supplier;
  }

  #item(to: string): { id: bigint; to: string; face: bigint; record: bigint; facts: string[] } {
    this.#serial += 1;
    const serial = this.#serial;
    const facts = Array.from({ length: HASHES }, (_, i) => hashOf(`fact ${serial} ${i}`));
    return { id: BigInt(hashOf(`payable ${serial}`)), to, face: FACE, record: FACE | (1n << 248n), facts };
  }

  #fresh(count: number): string[] {
    this.#serial += count;
    return Array.from(
      { length: count },
      (_, i) => `0x${(0xabc000000 + this.#serial * 64 + i).toString(16).padStart(40, '7')}`,
    );
  }

  async #split(id: bigint, to: string[], parts: bigint[]): Promise<number> {
    if (this.#book.interface.getFunction('split') !== null)
      return gasOf(this.#book, this.#supplier, 'split', [id, to, parts]);
    const artifact = await hre.artifacts.readArtifact('PeerShare');
    const address = String(await this.#book.getFunction('shareOf')(id));
    return gasOf(new Contract(address, artifact.abi, this.#supplier), this.#supplier, 'split', [to, parts]);
  }

  async measure(): Promise<Figures> {
    const figures: Figures = {};
    const first = this.#item(this.#supplier.address);
    figures.issue = await gasOf(this.#book, this.#buyer, 'issue', [first]);
    // A hundred at once is over the block on the dearest of them; twenty at once tell the same figure.
    const items = Array.from({ length: 20 }, () => this.#item(this.#supplier.address));
    const batch = await gasOf(this.#book, this.#buyer, 'issueMany', [items]);
    figures['issue in a batch of 100, each'] = Math.round((batch - TRANSACTION) / 20 + TRANSACTION / 100);
    figures['pass of part'] = await this.#split(first.id, this.#fresh(1), [FACE / 4n]);
    const second = items[0] ?? first;
    figures['pass to ten recipients'] = await this.#split(
      second.id,
      this.#fresh(10),
      Array.from({ length: 10 }, () => FACE / 100n),
    );
    const third = items[1] ?? first;
    await gasOf(this.#book, this.#buyer, 'pay', [second.id, FACE]);
    figures.pay = await gasOf(this.#book, this.#buyer, 'pay', [third.id, FACE]);
    figures['claim of one id'] = await gasOf(this.#book, this.#buyer, 'claim', [third.id, this.#supplier.address]);
    return figures;
  }
}

async function measurePeer(name: string): Promise<Figures> {
  const network = await hre.network.create();
  const [buyer, supplier] = await network.ethers.getSigners();
  if (buyer === undefined || supplier === undefined) throw new Error('the test network has no accounts');
  const money = await network.ethers.deployContract('PeerMoney');
  const book = await network.ethers.deployContract(name, [await money.getAddress()]);
  await gasOf(money as unknown as Contract, buyer, 'mint', [buyer.address, FACE * 1000n]);
  // As in the register's figures, the one who claims has had money before.
  await gasOf(money as unknown as Contract, buyer, 'mint', [supplier.address, 1n]);
  await gasOf(money as unknown as Contract, buyer, 'approve', [await book.getAddress(), FACE * 1000n]);
  return new Peer(book as unknown as Contract, buyer, supplier).measure();
}

const register = await measureRegister();
const measured: Record<Column, Figures> = {
  floor: FLOOR,
  register: {
    ...register,
    'issue in a batch of 100, each': register['issue in a batch of 100, one supplier, each'] ?? 0,
    pay: register['pay, one holder'] ?? 0,
  },
  'ERC-1155': await measurePeer('Peer1155'),
  'ERC-721': await measurePeer('Peer721'),
  'ERC-20 clone': await measurePeer('Peer20'),
};
const rows = Object.fromEntries(
  Object.keys(FLOOR).map((name) => [
    name,
    Object.fromEntries(COLUMNS.map((column) => [column, Math.round(measured[column][name] ?? 0)])),
  ]),
);
// The register's further verbs have no counterpart; they stand alone.
const others = Object.entries(register).filter(([name]) => !(name in rows));
for (const [name, gas] of others) rows[name] = { register: gas };
console.log(JSON.stringify({ unit: 'gas', columns: COLUMNS, rows }));
