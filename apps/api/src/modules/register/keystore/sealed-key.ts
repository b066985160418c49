import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A private key at rest. `iv`, `tag` and `ciphertext` are columns of ops.signing_key. */
export interface SealedKey {
  readonly ciphertext: Buffer;
  readonly iv: Buffer;
  readonly tag: Buffer;
}

/** The sealed key cannot be opened: another master key, or bytes that were changed or moved to another row. */
export class SealBroken extends Error {
  constructor(readonly purpose: string) {
    super(`the signing key for ${purpose} cannot be opened with this master key`);
    this.name = 'SealBroken';
  }
}

/**
 * AES-256-GCM under a key derived from the master key for signing keys alone. The address and the purpose are
 * authenticated with it, so that a row whose purpose was changed in the database opens nothing.
 */
export function sealKey(masterKey: Buffer, privateKey: Buffer, address: string, purpose: string): SealedKey {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(masterKey), iv).setAAD(boundTo(address, purpose));
  const ciphertext = Buffer.concat([cipher.update(privateKey), cipher.final()]);
  return { ciphertext, iv, tag: cipher.getAuthTag() };
}

/** Throws SealBroken. */
export function openKey(masterKey: Buffer, sealed: SealedKey, address: string, purpose: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', keyFor(masterKey), sealed.iv, { authTagLength: 16 });
  decipher.setAAD(boundTo(address, purpose)).setAuthTag(sealed.tag);
  try {
    return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]);
  } catch {
    throw new SealBroken(purpose);
  }
}

function keyFor(masterKey: Buffer): Buffer {
  if (masterKey.length !== 32) throw new Error('the master key is 32 bytes');
  return Buffer.from(hkdfSync('sha256', masterKey, 'headwater', 'signing-key', 32));
}

function boundTo(address: string, purpose: string): Buffer {
  return Buffer.from(`${address.toLowerCase()}|${purpose}`, 'utf8');
}
