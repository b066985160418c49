import { type Contract, id as hashOf, type Signer, TypedDataEncoder } from 'ethers';

import { FAR, freshRegister, type Register } from '../../contracts/support/register.js';

/** Gas used by each named operation, in the order measured. */
export type Figures = Record<string, number>;

const QUOTE_TYPES = {
  Quote: [
    { name: 'side', type: 'uint8' },
    { name: 'maker', type: 'uint32' },
    { name: 'counterparty', type: 'uint32' },
    { name: 'id', type: 'uint256' },
    { name: 'units', type: 'uint256' },
    { name: 'price', type: 'uint256' },
    { name: 'cashAsset', type: 'uint16' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
};

const FACE = 1_000_000_00n;
const FIRST_EXTRA = 1_000;
let serial = 0;

export function issueOf(supplier: number, dueDay: bigint, face = FACE): Record<string, unknown> {
  serial += 1;
  return {
    fingerprint: hashOf(`invoice ${serial}`),
    revision: 0,
    fingerprintScheme: 0,
    supplier,
    face,
    cashAsset: 0,
    dueDay,
    termsHash: hashOf(`terms ${serial}`),
    documentHash: hashOf(`document ${serial}`),
    evidenceHash: hashOf(`evidence ${serial}`),
  };
}

export async function gasOf(contract: Contract, signer: Signer, verb: string, args: unknown[]): Promise<number> {
  const sent = await contract
    .connect(signer)
    .getFunction(verb)
    .send(...args);
  const receipt = await sent.wait();
  if (receipt === null || receipt.status !== 1) throw new Error(`${verb} was reverted`);
  return Number(receipt.gasUsed);
}

/** Plays the register's verbs on a fresh chain. Every recipient is fresh, so every first slot is paid for. */
export class Player {
  readonly register: Register;
  dueDay = 0n;
  #nextExtra = FIRST_EXTRA;

  constructor(register: Register) {
    this.register = register;
  }

  static async start(): Promise<Player> {
    const player = new Player(await freshRegister());
    player.dueDay = BigInt(await player.register.payables.getFunction('today')()) + 90n;
    return player;
  }

  /** Admits suppliers that hold nothing yet. */
  async fresh(count: number): Promise<number[]> {
    const { members, power } = this.register;
    const numbers: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const member = this.#nextExtra;
      this.#nextExtra += 1;
      const key = `0x${(0xabc0000 + member).toString(16).padStart(40, '1')}`;
      await gasOf(members, power.membership, 'admitSupplier', [member, 0, FAR, key]);
      numbers.push(member);
    }
    return numbers;
  }

  async idOf(issue: Record<string, unknown>): Promise<bigint> {
    return BigInt(await this.register.payables.getFunction('payableId')(1, issue.fingerprint, issue.revision));
  }

  async issue(supplier = 2, face = FACE): Promise<{ id: bigint; gas: number }> {
    const item = issueOf(supplier, this.dueDay, face);
    const gas = await gasOf(this.register.payables, this.register.key.buyer, 'issue', [item]);
    return { id: await this.idOf(item), gas };
  }

  async mint(member: number, amount: bigint): Promise<number> {
    serial += 1;
    const { money, key } = this.register;
    return gasOf(money, key.settlement, 'mint', [member, amount, hashOf(`file ${serial}`)]);
  }

  async quote(terms: { id: bigint; units: bigint; price: bigint; nonce: bigint }): Promise<[object, string, string]> {
    const { exchange, key, deployment } = this.register;
    const quote = { side: 0, maker: 4, counterparty: 2, cashAsset: 0, deadline: 4_000_000_000n, ...terms };
    const domain = {
      name: 'Headwater Exchange',
      version: '1',
      chainId: deployment.chainId,
      verifyingContract: await exchange.getAddress(),
    };
    if ((await exchange.getFunction('quoteDigest')(quote)) !== TypedDataEncoder.hash(domain, QUOTE_TYPES, quote)) {
      throw new Error('the exchange signs another digest');
    }
    return [quote, key.bank.address, await key.bank.signTypedData(domain, QUOTE_TYPES, quote)];
  }
}

async function passing(player: Player, figures: Figures): Promise<void> {
  const { payables, key } = player.register;
  const evidence = hashOf('hop');
  const { id } = await player.issue();
  const [one, ...ten] = await player.fresh(11);
  figures['pass of part'] = await gasOf(payables, key.supplier, 'pass', [id, [one], [FACE / 4n], [evidence]]);
  const tenth = ten.map(() => FACE / 100n);
  figures['pass to ten recipients'] = await gasOf(payables, key.supplier, 'pass', [
    id,
    ten,
    tenth,
    ten.map(() => evidence),
  ]);
  const to = await payables.getFunction('holderOf')((await player.fresh(1))[0]);
  const from = await payables.getFunction('holderOf')(2);
  figures['ERC-1155 transfer of part'] = await gasOf(payables, key.supplier, 'safeTransferFrom', [
    from,
    to,
    id,
    1_000n,
    '0x',
  ]);
  const whole = await player.issue();
  const [all] = await player.fresh(1);
  figures['pass of all'] = await gasOf(payables, key.supplier, 'pass', [whole.id, [all], [FACE], [evidence]]);
}

async function selling(player: Player, figures: Figures): Promise<void> {
  const { exchange, creditLimits, key } = player.register;
  await player.mint(4, FACE * 10n);
  // The aim is the first fill of a bank and group, not the seller's first money.
  await player.mint(2, 1n);
  figures['set a limit'] = await gasOf(creditLimits, key.bank, 'setLimit', [1, 0, FACE * 10n]);
  const terms = { units: FACE / 2n, price: (FACE / 2n / 100n) * 98n };
  const first = await player.issue();
  const quoteOf = (id: bigint, nonce: bigint) => player.quote({ ...terms, id, nonce });
  figures['first fill of a bank and group'] = await gasOf(exchange, key.supplier, 'fill', await quoteOf(first.id, 0n));
  const second = await player.issue();
  figures['later fill'] = await gasOf(exchange, key.supplier, 'fill', await quoteOf(second.id, 1n));
  figures['cancel a quote'] = await gasOf(exchange, key.bank, 'cancel', [2n]);
}

async function paying(player: Player, figures: Figures): Promise<void> {
  const { payables, key } = player.register;
  await player.mint(1, FACE * 100n);
  // Somebody else's payment has put money with the ledger before, as in all but the first payment ever.
  const before = await player.issue();
  await gasOf(payables, key.buyer, 'pay', [before.id, FACE, 0n]);
  const alone = await player.issue();
  figures['pay, one holder'] = await gasOf(payables, key.buyer, 'pay', [alone.id, FACE, 0n]);
  const spread = await player.issue();
  const many = await player.fresh(20);
  const shares = many.map(() => FACE / 40n);
  await gasOf(payables, key.supplier, 'pass', [spread.id, many, shares, many.map(() => hashOf('hop'))]);
  figures['pay, 21 holders'] = await gasOf(payables, key.buyer, 'pay', [spread.id, FACE, 0n]);
  figures['claim of one id'] = await gasOf(payables, key.buyer, 'claim', [alone.id, 2]);
  const ids: bigint[] = [];
  for (let i = 0; i < 20; i += 1) {
    const { id } = await player.issue(3);
    await gasOf(payables, key.buyer, 'pay', [id, FACE, 0n]);
    ids.push(id);
  }
  figures['claim of 20 ids, each'] = Math.round((await gasOf(payables, key.buyer, 'claimMany', [ids, 3])) / 20);
}

/** As the claim of 20 ids, by a bank, so that what it carries is counted down. */
async function claimingByBank(player: Player, figures: Figures): Promise<void> {
  const { payables, exchange, key } = player.register;
  const ids: bigint[] = [];
  await player.mint(4, FACE * 100n);
  for (let i = 0n; i < 20n; i += 1n) {
    const { id } = await player.issue();
    await gasOf(
      exchange,
      key.supplier,
      'fill',
      await player.quote({ id, units: 1_000n, price: 990n, nonce: 100n + i }),
    );
    await gasOf(payables, key.buyer, 'pay', [id, FACE, 0n]);
    ids.push(id);
  }
  figures['claim of 20 ids by a bank, each'] = Math.round(
    (await gasOf(payables, key.buyer, 'claimMany', [ids, 4])) / 20,
  );
}

async function batching(player: Player, figures: Figures): Promise<void> {
  const { payables, key } = player.register;
  const batch = (suppliers: number[]) => [suppliers.map((supplier) => issueOf(supplier, player.dueDay))];
  const one = Array.from({ length: 100 }, () => 2);
  figures['issue in a batch of 100, one supplier, each'] = Math.round(
    (await gasOf(payables, key.buyer, 'issueMany', batch(one))) / 100,
  );
  figures['issue in a batch of 100, 100 suppliers, each'] = Math.round(
    (await gasOf(payables, key.buyer, 'issueMany', batch(await player.fresh(100)))) / 100,
  );
  figures['batch of 200'] = await gasOf(payables, key.buyer, 'issueMany', batch([...one, ...one]));
}

async function correcting(player: Player, figures: Figures): Promise<void> {
  const { payables, key, power } = player.register;
  const { id } = await player.issue();
  const from = await payables.getFunction('holderOf')(2);
  const to = await payables.getFunction('holderOf')(3);
  const decision = hashOf('decision');
  figures.freeze = await gasOf(payables, power.freezer, 'setFrozenTokens', [from, id, 1_000n]);
  figures['open a case'] = await gasOf(payables, power.caseOpener, 'openCase', [id, 2, 3, 1_000n, decision]);
  figures['forced transfer'] = await gasOf(payables, power.corrector, 'forcedTransfer', [from, to, id, 1_000n]);
  const other = await player.issue();
  figures['surrender of part'] = await gasOf(payables, key.supplier, 'surrender', [other.id, 1_000n, decision]);
  const undone = await player.issue();
  figures['cancel, first consent'] = await gasOf(payables, key.buyer, 'cancel', [undone.id, 2, decision]);
  figures['cancel, second consent'] = await gasOf(payables, key.supplier, 'cancel', [undone.id, 2, decision]);
}

export async function measureRegister(): Promise<Figures> {
  const player = await Player.start();
  const figures: Figures = {};
  figures.issue = (await player.issue()).gas;
  await batching(player, figures);
  await passing(player, figures);
  await selling(player, figures);
  await paying(player, figures);
  await claimingByBank(player, figures);
  await correcting(player, figures);
  figures['mint of deposit money'] = await player.mint((await player.fresh(1))[0] ?? 2, 1n);
  return figures;
}
