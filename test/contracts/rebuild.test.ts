import { expect } from 'chai';
import { type Contract, id as hashOf, Interface, type Log } from 'ethers';

import { Player } from '../bench/gas/scenarios.js';

/**
 * The register rebuilt from its log and nothing else: every record, holding, claim, carried amount, limit and money
 * balance is folded from events and then compared with storage.
 */
interface Payable {
  face: bigint;
  paid: bigint;
  status: bigint;
  buyer: bigint;
  cashAsset: bigint;
  dueDay: bigint;
}
interface Holding {
  units: bigint;
  claimed: bigint;
}

const NOBODY = `0x${'0'.repeat(40)}`;
const BANK_ROLE = 4n;

class Projection {
  readonly payables = new Map<bigint, Payable>();
  readonly holdings = new Map<string, Holding>();
  readonly carried = new Map<string, bigint>();
  readonly limits = new Map<string, bigint>();
  readonly money = new Map<string, bigint>();
  readonly members = new Map<
    bigint,
    { roles: bigint; group: bigint; status: bigint; validUntil: bigint; keys: bigint }
  >();
  readonly keys = new Map<string, bigint>();
  /** A forced transfer says afterwards what was claimed on the units it moved. */
  #lastMove: { id: bigint; from: bigint; to: bigint; units: bigint; claimed: bigint } | undefined;

  holding(id: bigint, member: bigint): Holding {
    const key = `${id}/${member}`;
    const holding = this.holdings.get(key) ?? { units: 0n, claimed: 0n };
    this.holdings.set(key, holding);
    return holding;
  }

  payable(id: bigint): Payable {
    const payable = this.payables.get(id);
    if (payable === undefined) throw new Error(`no payable ${id}`);
    return payable;
  }

  #carry(id: bigint, member: bigint, change: bigint): void {
    const roles = this.members.get(member)?.roles ?? 0n;
    if ((roles & BANK_ROLE) === 0n) return;
    const { buyer, cashAsset } = this.payable(id);
    const key = `${member}/${this.members.get(buyer)?.group}/${cashAsset}`;
    this.carried.set(key, (this.carried.get(key) ?? 0n) + change);
  }

  /** The whole of a holding takes what was claimed on it along; a part takes nothing (but see a forced transfer). */
  #transfer(id: bigint, from: bigint, to: bigint, units: bigint): void {
    const source = this.holding(id, from);
    const claimed = source.units === units ? source.claimed : 0n;
    source.units -= units;
    source.claimed -= claimed;
    this.#carry(id, from, claimed - units);
    if (to !== 0n) {
      const target = this.holding(id, to);
      target.units += units;
      target.claimed += claimed;
      this.#carry(id, to, units - claimed);
    }
    this.#lastMove = { id, from, to, units, claimed };
  }

  #correctMove(claimed: bigint): void {
    const move = this.#lastMove;
    if (move === undefined) throw new Error('a case was carried out without a move');
    const more = claimed - move.claimed;
    this.holding(move.id, move.from).claimed -= more;
    this.holding(move.id, move.to).claimed += more;
    this.#carry(move.id, move.from, more);
    this.#carry(move.id, move.to, -more);
  }

  // long: one case an event
  apply(name: string, a: Record<string, bigint> & { token?: string }, raw: Record<string, string>): void {
    const big = (field: string): bigint => a[field] ?? 0n;
    switch (name) {
      case 'MemberAdmitted':
        this.members.set(big('member'), {
          roles: big('roles'),
          group: big('obligorGroup'),
          status: 1n,
          validUntil: big('validUntil'),
          keys: 0n,
        });
        break;
      case 'KeyAdded':
        this.keys.set(String(raw.key), big('member'));
        break;
      case 'KeyRemoved':
        this.keys.delete(String(raw.key));
        break;
      case 'Issued':
        this.payables.set(big('id'), {
          face: big('face'),
          paid: 0n,
          status: 1n,
          buyer: big('buyer'),
          cashAsset: big('cashAsset'),
          dueDay: big('dueDay'),
        });
        break;
      case 'TransferSingle': {
        const member = (field: string): bigint =>
          raw[field] === NOBODY ? 0n : BigInt(raw[field] ?? '0') & 0xffff_ffffn;
        if (raw.from === NOBODY) this.holding(big('id'), member('to')).units += big('value');
        else this.#transfer(big('id'), member('from'), member('to'), big('value'));
        break;
      }
      case 'CaseCarriedOut':
        this.#correctMove(big('claimed'));
        break;
      case 'Paid':
        this.payable(big('id')).paid = big('paidAfter');
        this.payable(big('id')).status = big('status');
        break;
      case 'Claimed':
        this.holding(big('id'), big('holder')).claimed = big('claimedAfter');
        this.#carry(big('id'), big('holder'), -big('amount'));
        break;
      case 'Surrendered':
        Object.assign(this.payable(big('id')), {
          face: big('faceAfter'),
          paid: big('paidAfter'),
          status: big('status'),
        });
        break;
      case 'Cancelled':
        Object.assign(this.payable(big('id')), { face: 0n, status: 5n });
        break;
      case 'LimitSet':
        this.limits.set(`${big('bank')}/${big('obligorGroup')}/${big('cashAsset')}`, big('limit'));
        break;
      case 'Transfer': {
        const add = (account: string, amount: bigint): unknown =>
          account === NOBODY ? undefined : this.money.set(account, (this.money.get(account) ?? 0n) + amount);
        add(String(raw.from), -big('value'));
        add(String(raw.to), big('value'));
        break;
      }
      default:
    }
  }
}

async function fold(player: Player): Promise<Projection> {
  const { members, payables, exchange, creditLimits, money, network } = player.register;
  const contracts = [members, payables, exchange, creditLimits, money];
  const projection = new Projection();
  const logs = (await network.provider.request({
    method: 'eth_getLogs',
    params: [{ fromBlock: '0x0', toBlock: 'latest', address: await Promise.all(contracts.map((c) => c.getAddress())) }],
  })) as Log[];
  const byAddress = new Map<string, Interface>();
  for (const contract of contracts) byAddress.set((await contract.getAddress()).toLowerCase(), contract.interface);
  for (const log of logs) {
    const parsed = byAddress.get(log.address.toLowerCase())?.parseLog(log);
    if (parsed === null || parsed === undefined) continue;
    const named: Record<string, bigint> = {};
    const raw: Record<string, string> = {};
    for (const [index, input] of parsed.fragment.inputs.entries()) {
      const value: unknown = parsed.args[index];
      if (typeof value === 'bigint') named[input.name] = value;
      raw[input.name] = String(value);
    }
    projection.apply(parsed.name, named, raw);
  }
  return projection;
}

const call = (contract: Contract, name: string, ...args: unknown[]): Promise<unknown> =>
  contract.getFunction(name)(...args);

async function compare(player: Player): Promise<number> {
  const { members, payables, creditLimits, money } = player.register;
  const projection = await fold(player);
  let compared = 0;
  for (const [id, expected] of projection.payables) {
    const found = (await call(payables, 'payableInfo', id)) as Payable;
    for (const field of ['face', 'paid', 'status', 'buyer', 'cashAsset', 'dueDay'] as const) {
      expect(found[field], `${field} of ${id}`).to.equal(expected[field]);
      compared += 1;
    }
  }
  for (const [key, expected] of projection.holdings) {
    const found = (await call(payables, 'holdingOf', ...key.split('/'))) as Holding;
    expect(found.units, `units of ${key}`).to.equal(expected.units);
    expect(found.claimed, `claimed of ${key}`).to.equal(expected.claimed);
    compared += 2;
  }
  for (const [key, expected] of projection.carried) {
    expect(await call(payables, 'carried', ...key.split('/')), `carried ${key}`).to.equal(expected);
    compared += 1;
  }
  for (const [key, expected] of projection.limits) {
    expect(await call(creditLimits, 'limitOf', ...key.split('/')), `limit ${key}`).to.equal(expected);
    compared += 1;
  }
  for (const [account, expected] of projection.money) {
    expect(await call(money, 'balanceOf', account), `money of ${account}`).to.equal(expected);
    compared += 1;
  }
  for (const [key, member] of projection.keys) {
    expect(await call(members, 'memberOfKey', key), `key ${key}`).to.equal(member);
    compared += 1;
  }
  return compared;
}

describe('the register rebuilt from its log', () => {
  it('gives every balance, record, claim, carried amount, limit and money', async () => {
    const player = await Player.start();
    await playEverything(player);
    expect(await compare(player)).to.be.greaterThan(100);
  });
});

/** Every verb at least once, and those that meet in odd places: part payments, forced splits, surrenders of banks. */
// long: a story told in the order it happens
async function playEverything(player: Player): Promise<void> {
  const { payables, exchange, creditLimits, members, money, key, power, network } = player.register;
  const act = async (
    contract: Contract,
    signer: Parameters<Contract['connect']>[0],
    verb: string,
    ...args: unknown[]
  ) =>
    (
      await contract
        .connect(signer)
        .getFunction(verb)
        .send(...args)
    ).wait();
  const why = hashOf('why');
  await player.mint(1, 10n ** 12n);
  await player.mint(4, 10n ** 12n);
  await act(creditLimits, key.bank, 'setLimit', 1, 0, 10n ** 12n);
  const ids: bigint[] = [];
  for (let i = 0; i < 8; i += 1) ids.push((await player.issue(2, 1_000n + BigInt(i))).id);
  const [a, b, c, d, e, f, g, h] = ids as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  for (const id of [a, b, c, d, e]) {
    await act(payables, key.supplier, 'pass', id, [3], [300n], [why]);
    await act(
      exchange,
      key.supplier,
      'fill',
      ...(await player.quote({ id, units: 200n, price: 190n, nonce: id & 0xffffn })),
    );
  }
  await act(payables, key.buyer, 'pay', a, 1_000n, 0n);
  await act(payables, key.buyer, 'claimMany', [a, b], 4);
  await act(payables, key.buyer, 'claim', a, 3);
  await act(payables, key.buyer, 'cancel', f, 2, why);
  await act(payables, key.supplier, 'cancel', f, 2, why);
  await act(payables, key.supplier, 'surrender', g, 1_006n, why);
  await act(payables, key.bank, 'surrender', e, 50n, why);
  await act(
    payables,
    key.supplier,
    'safeTransferFrom',
    await call(payables, 'holderOf', 2),
    await call(payables, 'holderOf', 3),
    h,
    7n,
    '0x',
  );
  await network.provider.request({ method: 'evm_increaseTime', params: [90 * 86_400] });
  await network.provider.request({ method: 'evm_mine', params: [] });
  await act(payables, key.buyer, 'pay', b, 500n, 0n);
  for (const member of [2, 4]) await act(payables, key.buyer, 'claim', b, member);
  const force = async (id: bigint, from: number, to: number, units: bigint): Promise<void> => {
    await act(payables, power.caseOpener, 'openCase', id, from, to, units, why);
    const [source, target] = [await call(payables, 'holderOf', from), await call(payables, 'holderOf', to)];
    await act(payables, power.corrector, 'forcedTransfer', source, target, id, units);
  };
  await force(b, 4, 3, 101n);
  await force(b, 2, 5, 501n);
  await force(c, 2, 5, 17n);
  await act(payables, key.second, 'pass', b, [2], [401n], [why]);
  await act(payables, key.buyer, 'pay', b, 501n, 500n);
  await act(payables, key.buyer, 'pay', d, 700n, 0n);
  await act(payables, key.buyer, 'claim', d, 4);
  await act(payables, key.bank, 'surrender', d, 200n, why);
  await act(payables, power.freezer, 'setFrozenTokens', await call(payables, 'holderOf', 3), d, 10n);
  const rest = (await call(payables, 'payableInfo', d)) as Payable;
  await act(payables, key.buyer, 'pay', d, rest.face - rest.paid, rest.paid);
  for (const member of [2, 3]) await act(payables, key.buyer, 'claim', d, member);
  await act(members, key.second, 'replaceKey', power.admin.address);
  await act(money, key.supplier, 'askPayout', 100n, hashOf('payout'));
  await act(money, key.settlement, 'confirmPayout', hashOf('payout'), hashOf('booking'));
}
