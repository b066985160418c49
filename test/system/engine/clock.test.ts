import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Chain } from '../../../apps/api/src/modules/register/chain/chain.js';
import { ChainClock } from '../../../apps/api/src/modules/register/chain/chain-clock.js';
import { Rpc } from '../../../apps/api/src/modules/register/chain/rpc.js';
import { freshChain } from '../../support/chain.js';
import { TestClock } from './engine.js';

/** Left alone the node adds a second per block; three hundred blocks of one moment would be five minutes ahead. */
describe('the local chain lives by our clock', () => {
  const options = { local: true, utcOffsetSeconds: 28_800, boundSeconds: 120 };
  const start = Date.parse('2026-11-21T02:00:00Z');

  it('makes a hundred blocks in one second of it', async () => {
    const node = await freshChain();
    const chain = new Chain(new Rpc(node.url));
    const clock = new TestClock(start);
    const chainClock = new ChainClock(chain, clock, options);
    for (let block = 0; block < 100; block += 1) await chainClock.atClockTime(() => chain.mine());
    expect(await chain.head()).toMatchObject({ number: 100, timestamp: start / 1000 });
    await node.stop();
  });

  it('notices blocks that somebody else made, follows while they are near and refuses when they are far', async () => {
    const node = await freshChain();
    const chain = new Chain(new Rpc(node.url));
    const clock = new TestClock(start);
    const chainClock = new ChainClock(chain, clock, options);
    await chainClock.atClockTime(() => chain.mine());
    await chain.rpc.call('hardhat_mine', ['0x2', '0x1e'], z.unknown());
    await chainClock.atClockTime(() => chain.mine());
    const near = await chain.head();
    expect(near.number).toBe(4);
    expect(near.timestamp).toBeGreaterThan(start / 1000);
    await chain.rpc.call('hardhat_mine', ['0x2', '0xe10'], z.unknown());
    await expect(chainClock.atClockTime(() => chain.mine())).rejects.toThrow('CLOCK_DIVERGED');
    expect(chainClock.diverged).toBe(true);
    clock.time += 2 * 3_600_000;
    await chainClock.check();
    expect(chainClock.diverged).toBe(false);
    await chainClock.atClockTime(() => chain.mine());
    await node.stop();
  });

  it('gives simulations a block of today, once', async () => {
    const node = await freshChain();
    const chain = new Chain(new Rpc(node.url));
    const clock = new TestClock(start);
    const chainClock = new ChainClock(chain, clock, options);
    await chainClock.freshen();
    await chainClock.freshen();
    expect((await chain.head()).number).toBe(1);
    clock.time += 86_400_000;
    await chainClock.freshen();
    expect(await chain.head()).toMatchObject({ number: 2, timestamp: clock.time / 1000 });
    await node.stop();
  });
});
