import { concat, keccak256, toUtf8Bytes } from 'ethers';
import type { Word } from './register.js';

/** keccak256(salt || utf8 text). The salt comes first and has 32 bytes, so that no text can pass for part of it. */
export function saltedHash(text: string, salt: Word): Word {
  if (!/^0x[0-9a-f]{64}$/i.test(salt)) throw new TypeError('a salt is 32 bytes in hex');
  return `0x${keccak256(concat([salt, toUtf8Bytes(text)])).slice(2)}`;
}
