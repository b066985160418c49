import { describe, expect, test } from '@jest/globals';
import { hashPassword, isAcceptablePassword, verifyPassword } from './password.js';

describe('password hash', () => {
  test('fits its own password and no other, and is different each time', async () => {
    const [one, two] = await Promise.all([hashPassword('a quiet word 2026'), hashPassword('a quiet word 2026')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword('a quiet word 2026', one)).toBe(true);
    expect(await verifyPassword('a quiet word 2027', one)).toBe(false);
    expect(await verifyPassword('', one)).toBe(false);
  });

  test('the same characters typed on another keyboard are the same password', async () => {
    const hash = await hashPassword('caf\u00e9 au lait noir');
    expect(await verifyPassword('cafe\u0301 au lait noir', hash)).toBe(true);
  });

  test.each([
    '',
    'plain',
    '$argon2i$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=19456,t=2,p=1$$',
  ])('what is no hash of ours never fits: %p', async (hash) =>
    expect(await verifyPassword('anything at all', hash)).toBe(false),
  );
});

describe('password rule', () => {
  const email = 'lin.wei@keystone.example';
  test.each(['tidal harbour 2026', 'correct staple battery', '江河湖海山川日月星辰风雨', 'kHg7#kd92ms!x'])(
    '%p is accepted',
    (password) => expect(isAcceptablePassword(password, email)).toBe(true),
  );
  test.each([
    'short',
    'elevenchars',
    'aaaaaaaaaaaaaaa',
    'password1234',
    'Password12345',
    'passwordpassword',
    'PasswordPassw0rd'.replace('0', 'o'),
    '1234567890123',
    'qwertyuiopqwertyuiop',
    'headwaterheadwater',
    'Headwater!2026',
    'welcome-2026-!!',
    'lin.wei@keystone.example',
    'my lin.wei@keystone.example',
    'lin.wei000000',
  ])('%p is refused', (password) => expect(isAcceptablePassword(password, email)).toBe(false));
});
