import { afterAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { freshChain } from '../support/chain.ts';
import { freshDatabase } from '../support/database.ts';

/** What every other test relies on: whatever it does, it does alone. */
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

async function rpc(url: string, method: string, params: unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return ((await response.json()) as { result: unknown }).result;
}

test('each test has an empty Postgres 18 database of its own', async () => {
  const [first, second] = await Promise.all([freshDatabase(), freshDatabase()]);
  ends.push(first.drop, second.drop);
  const client = new pg.Client(first.url);
  await client.connect();
  await client.query('create table mark (id uuid default uuidv7())');
  await client.end();
  const other = new pg.Client(second.url);
  await other.connect();
  await expect(other.query('select 1 from mark')).rejects.toThrow('does not exist');
  await other.end();
});

test('each test has a chain of its own that begins with the same block', async () => {
  const [first, second] = await Promise.all([freshChain(), freshChain()]);
  ends.push(first.stop, second.stop);
  expect(Number(await rpc(first.url, 'eth_chainId'))).toBe(first.chainId);
  await rpc(first.url, 'evm_mine');
  expect(await rpc(first.url, 'eth_blockNumber')).toBe('0x1');
  expect(await rpc(second.url, 'eth_blockNumber')).toBe('0x0');
  const genesis = (url: string) => rpc(url, 'eth_getBlockByNumber', ['0x0', false]);
  expect(await genesis(first.url)).toEqual(await genesis(second.url));
});
