import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.js';

const NEEDED = { DATABASE_URL: 'postgres://headwater@localhost/headwater', RPC_URL: 'http://127.0.0.1:8545' };

describe('settings', () => {
  test('have safe defaults', () => {
    expect(readConfig(NEEDED)).toMatchObject({
      demo: false,
      localChain: false,
      allowInsecureCookie: false,
      host: '127.0.0.1',
      port: 3000,
      utcOffsetSeconds: 28_800,
      masterKey: undefined,
      publicUrl: undefined,
    });
  });

  test('an empty value means not set', () => {
    expect(readConfig({ ...NEEDED, DEMO: '', PORT: '', MASTER_KEY: '' })).toMatchObject({
      demo: false,
      port: 3000,
      masterKey: undefined,
    });
  });

  test('every wrong one is named, and no value is repeated', () => {
    const secret = 'ab'.repeat(31);
    const read = () => readConfig({ DATABASE_URL: 'mysql://x', MASTER_KEY: secret, PORT: '70000' });
    expect(read).toThrow(/DATABASE_URL[\s\S]*RPC_URL[\s\S]*PORT[\s\S]*MASTER_KEY/);
    expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining(secret) }));
  });

  test.each(['yes', 'TRUE', '2'])('a flag is true or false, not %p', (DEMO) => {
    expect(() => readConfig({ ...NEEDED, DEMO })).toThrow('DEMO');
  });

  test('the public address is kept as an origin', () => {
    expect(readConfig({ ...NEEDED, PUBLIC_URL: 'https://headwater.example/path/' }).publicUrl).toBe(
      'https://headwater.example',
    );
  });
});
