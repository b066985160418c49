import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openKey, SealBroken, sealKey } from './sealed-key.js';

describe('sealed keys', () => {
  const master = randomBytes(32);
  const key = randomBytes(32);
  const address = '0xAbCdef0123456789abcdef0123456789abcdef01';
  const sealed = sealKey(master, key, address, 'MEMBER:7');

  it('open under the same master key, address and purpose, whatever the case of the address', () => {
    expect(openKey(master, sealed, address.toLowerCase(), 'MEMBER:7')).toEqual(key);
  });

  it.each([
    ['another master key', randomBytes(32), sealed, address, 'MEMBER:7'],
    ['another purpose', master, sealed, address, 'MEMBER:8'],
    ['another address', master, sealed, address.replace('01', '02'), 'MEMBER:7'],
    ['changed bytes', master, { ...sealed, ciphertext: Buffer.alloc(32, 1) }, address, 'MEMBER:7'],
    ['a changed tag', master, { ...sealed, tag: Buffer.alloc(16) }, address, 'MEMBER:7'],
  ] as const)('stay closed with %s', (_, masterKey, box, owner, purpose) => {
    expect(() => openKey(masterKey, box, owner, purpose)).toThrow(SealBroken);
  });

  it('are never sealed twice alike', () => {
    expect(sealKey(master, key, address, 'MEMBER:7').ciphertext).not.toEqual(sealed.ciphertext);
  });

  it('want a master key of 32 bytes', () => {
    expect(() => sealKey(randomBytes(16), key, address, 'MEMBER:7')).toThrow(/32 bytes/);
  });
});
