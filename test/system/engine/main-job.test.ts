import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerService } from '../../../apps/api/src/modules/ledger/ledger.service.js';
import { compare } from '../../../apps/api/src/modules/register/boot/agreement.js';
import type { QuoteTerms, Word } from '../../../apps/api/src/modules/register/register.js';
import { freshChain } from '../../support/chain.js';
import { freshDatabase } from '../../support/database.js';
import { TestClock, TestEngine, until } from './engine.js';

/** The main job by the register's own verbs: what every later step of the product rests on. */
describe('the main job on the register', () => {
  let engine: TestEngine;
  let payable: Word;

  beforeAll(async () => {
    const [database, chain] = [await freshDatabase(), await freshChain()];
    const clock = new TestClock(Date.parse('2026-11-21T02:00:00Z'));
    engine = await TestEngine.create({
      databaseUrl: database.url,
      rpcUrl: chain.url,
      masterKey: randomBytes(32),
      clock,
    });
    await engine.start();
    await engine.network();
  });
  afterAll(() => engine.stop());

  const units = async (member: number): Promise<unknown> =>
    (
      await engine.rows(`SELECT units::text FROM register.holding WHERE payable_id = $1 AND member_id = $2`, [
        Buffer.from(payable.slice(2), 'hex'),
        member,
      ])
    )[0]?.units;
  const money = async (member: number): Promise<unknown> =>
    (
      await engine.rows(`SELECT balance::text FROM register.deposit WHERE cash_asset = 0 AND member_id = $1`, [member])
    )[0]?.balance;

  it('issues a payable that is in Postgres when the operation is done', async () => {
    payable = await engine.issue(1_000_000n);
    expect(await units(11)).toBe('1000000');
  });

  it('passes a part on', async () => {
    await engine.done({
      kind: 'PASS_UNITS',
      payable,
      fromMember: 11,
      toMember: 12,
      units: 400_000n,
      evidenceHash: payable,
    });
    expect([await units(11), await units(12)]).toEqual(['600000', '400000']);
  });

  it('settles a signed quote: units one way, money the other', async () => {
    const terms: QuoteTerms = {
      payable,
      bankMember: 13,
      holderMember: 12,
      units: 400_000n,
      price: 396_000n,
      currency: 'CNY',
      nonce: 1n,
      deadline: new Date(engine.clock.time + 3_600_000),
    };
    await engine.done({ kind: 'FILL_QUOTE', terms, signature: await engine.service.signQuote(terms) });
    expect([await units(12), await units(13), await money(12)]).toEqual(['0', '400000', '396000']);
    const [carried] = await engine.rows('SELECT units::text FROM register.carried WHERE bank_member = 13');
    expect(carried?.units).toBe('400000');
  });

  it('pays, claims for every holder, and takes money out', async () => {
    await engine.done({ kind: 'PAY_PAYABLE', payerMember: 10, payable, amount: 1_000_000n, expectedPaid: 0n });
    await engine.done({ kind: 'CLAIM', payable, holderMembers: [11, 13] });
    // One operation a holder: the first was waited for, the other follows by itself.
    const open = `SELECT FROM ops.operation WHERE state NOT IN ('DONE', 'FAILED')`;
    await until(async () => (await engine.rows(open)).length === 0, 'all claims');
    const [row] = await engine.rows('SELECT state, paid::text, claimed::text FROM register.payable');
    expect(row).toEqual({ state: 'PAID', paid: '1000000', claimed: '1000000' });
    expect([await money(11), await money(12)]).toEqual(['600000', '396000']);
  });

  it('pays money out: asked, returned, asked again, confirmed, and each only once', async () => {
    const ask = (payoutId: string) =>
      ({ kind: 'TRANSFER_MONEY', fromMember: 12, toMember: 2, currency: 'CNY', amount: 396_000n, payoutId }) as const;
    const giveBack = (payoutId: string) =>
      ({ kind: 'TRANSFER_MONEY', fromMember: 2, toMember: 12, currency: 'CNY', amount: 396_000n, payoutId }) as const;
    const confirm = (payoutId: string, reference: string) =>
      ({
        kind: 'BURN_MONEY',
        settlementBankMember: 2,
        currency: 'CNY',
        amount: 396_000n,
        reference,
        payoutId,
      }) as const;
    const [first, second] = [randomUUID(), randomUUID()];
    await engine.done({ kind: 'TRANSFER_MONEY', fromMember: 10, toMember: 13, currency: 'CNY', amount: 1n });
    await engine.done(ask(first));
    await engine.done(giveBack(first));
    expect(await money(12)).toBe('396000');
    expect((await engine.run(giveBack(first))).error?.code).toBe('PAYOUT_STATE');
    await engine.done(ask(second));
    await engine.done(confirm(second, 'OUT-1'));
    expect((await engine.run(confirm(second, 'OUT-2'))).error?.code).toBe('PAYOUT_STATE');
    expect([await money(11), await money(12), await money(2)]).toEqual(['600000', '0', '0']);
    const [row] = await engine.rows('SELECT state, paid::text, claimed::text FROM register.payable');
    expect(row).toEqual({ state: 'PAID', paid: '1000000', claimed: '1000000' });
  });

  it('names the refusal of the register and burns no nonce', async () => {
    const nonces = 'SELECT sum(next_nonce)::text AS n FROM ops.signing_key';
    const owner = engine.runtime.engine.db;
    const before: unknown = await owner.query(nonces);
    const refused = await engine.run({
      kind: 'PASS_UNITS',
      payable,
      fromMember: 12,
      toMember: 11,
      units: 5n,
      evidenceHash: payable,
    });
    expect(refused.state).toBe('FAILED');
    expect(refused.error?.code).toBe('UNITS_NOT_AVAILABLE');
    const again = await engine.run({
      kind: 'PAY_PAYABLE',
      payerMember: 10,
      payable,
      amount: 1n,
      expectedPaid: 1_000_000n,
    });
    expect(again.error?.code).toBe('PAYABLE_STATE');
    expect(await owner.query(nonces)).toEqual(before);
  });

  it('refuses an invoice issued twice, a payment that was repeated, a part payment too early, a used reference', async () => {
    const call = engine.issueCall(5_000n);
    await engine.done(call);
    expect((await engine.run(call)).error?.code).toBe('INVOICE_DUPLICATE');
    const id = engine.service.payableId(10, call.fingerprint, 0);
    const pay = { kind: 'PAY_PAYABLE', payerMember: 10, payable: id } as const;
    expect((await engine.run({ ...pay, amount: 1n, expectedPaid: 0n })).error?.code).toBe('PAYMENT_TOO_EARLY');
    expect((await engine.run({ ...pay, amount: 5_000n, expectedPaid: 9n })).error?.code).toBe('PAYMENT_CHANGED');
    expect((await engine.run({ ...pay, amount: 5_001n, expectedPaid: 0n })).error?.code).toBe('PAYMENT_TOO_LARGE');
    const mint = {
      kind: 'MINT_MONEY',
      settlementBankMember: 2,
      toMember: 11,
      currency: 'CNY',
      amount: 7n,
      reference: 'R-1',
    } as const;
    await engine.done(mint);
    expect((await engine.run(mint)).error?.code).toBe('REFERENCE_USED');
  });

  it('refuses a quote that is late, above the limit, filled before or signed for other terms, and money that is not there', async () => {
    const id = await engine.issue(1_000n);
    const terms = (nonce: bigint, more: Partial<QuoteTerms> = {}): QuoteTerms => ({
      payable: id,
      bankMember: 13,
      holderMember: 11,
      units: 500n,
      price: 490n,
      currency: 'CNY',
      nonce,
      deadline: new Date(engine.clock.time + 3_600_000),
      ...more,
    });
    const fill = async (signed: QuoteTerms, filled: QuoteTerms = signed) => {
      const signature = await engine.service.signQuote(signed);
      const { state, error } = await engine.run({ kind: 'FILL_QUOTE', terms: filled, signature });
      return error?.code ?? state;
    };
    expect(await fill(terms(10n, { deadline: new Date(engine.clock.time - 1000) }))).toBe('QUOTE_EXPIRED');
    expect(await fill(terms(11n), terms(11n, { price: 1n }))).toBe('REGISTER_REFUSED');
    await engine.done({ kind: 'SET_CREDIT_LIMIT', bankMember: 13, obligorGroup: 77, currency: 'CNY', amount: 499n });
    expect(await fill(terms(12n))).toBe('LIMIT_EXCEEDED');
    await engine.done({ kind: 'SET_CREDIT_LIMIT', bankMember: 13, obligorGroup: 77, currency: 'CNY', amount: 500n });
    expect(await fill(terms(12n))).toBe('DONE');
    expect(await fill(terms(12n))).toBe('QUOTE_STATE');
    const tooMuch = { kind: 'TRANSFER_MONEY', fromMember: 12, toMember: 11, currency: 'CNY', amount: 1n } as const;
    expect((await engine.run(tooMuch)).error?.code).toBe('FUNDS_NOT_AVAILABLE');
  });

  it('takes a part payment on the due day once the clock says so', async () => {
    const id = await engine.issue(100n);
    engine.clock.time += 61 * 86_400_000;
    await engine.service.followClock();
    await engine.done({ kind: 'PAY_PAYABLE', payerMember: 10, payable: id, amount: 33n, expectedPaid: 0n });
    await engine.done({ kind: 'CLAIM', payable: id, holderMembers: [11] });
    const [row] = await engine.rows(
      'SELECT claimed::text, received::text FROM register.holding WHERE payable_id = $1',
      [Buffer.from(id.slice(2), 'hex')],
    );
    expect(row).toEqual({ claimed: '33', received: '33' });
  });

  it('keeps ledger, projection and register equal', async () => {
    const { engine: inner, record } = engine.runtime;
    const { number } = await inner.chain.head();
    const agreement = await compare(engine.api, inner.chain, record, number);
    expect(agreement.differences).toEqual([]);
    expect(agreement.compared).toBeGreaterThan(15);
    const ledger = new LedgerService(engine.api);
    expect(await ledger.unbalanced()).toEqual([]);
    expect(await ledger.differences()).toEqual([]);
    expect(await ledger.count()).toBeGreaterThan(8);
  });

  it('does not let the API write the projection or read a key', async () => {
    await expect(engine.api.query('UPDATE register.holding SET units = 0')).rejects.toThrow(/permission denied/);
    await expect(engine.api.query('SELECT * FROM ops.signing_key')).rejects.toThrow(/permission denied/);
  });
});
