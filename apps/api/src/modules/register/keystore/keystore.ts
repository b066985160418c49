import { randomBytes } from 'node:crypto';
import { Wallet } from 'ethers';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { affected, firstRow, type Queryable, rows } from '../../../database/sql.js';
import type { Word } from '../register.js';
import { openKey, sealKey } from './sealed-key.js';
import type { Purpose, Signer } from './signer.js';

const KeyRow = z.object({
  id: z.uuid(),
  purpose: z.string().regex(/^(MEMBER:\d+|GOVERNANCE:[A-Z_]+)$/),
  address: z.instanceof(Buffer).transform((bytes) => `0x${bytes.toString('hex')}`),
  ciphertext: z.instanceof(Buffer),
  iv: z.instanceof(Buffer),
  tag: z.instanceof(Buffer),
});
const COLUMNS = 'id, purpose, address, ciphertext, iv, tag';

/** A signer that also knows its row: the sender takes nonces under the lock of that row. */
export interface KeystoreSigner extends Signer {
  readonly keyId: string;
}

/** Start-up is refused: the words are for the operator. */
export class KeystoreRefusal extends Error {}

/** Custodial keys: one active key a purpose, encrypted in ops.signing_key, kept open in memory once used. */
export class Keystore {
  readonly #masterKey: Buffer;
  readonly #opened = new Map<string, KeystoreSigner>();

  constructor(masterKey: Buffer) {
    this.#masterKey = masterKey;
  }

  /** The active signer of a purpose, or undefined where the keystore has none (the member signs by itself). */
  async signer(db: Queryable, purpose: Purpose): Promise<KeystoreSigner | undefined> {
    const known = this.#opened.get(purpose);
    if (known !== undefined) return known;
    const sql = `SELECT ${COLUMNS} FROM ops.signing_key WHERE purpose = $1 AND retired_at IS NULL`;
    const row = await firstRow(db, KeyRow, sql, [purpose]);
    if (row === undefined) return undefined;
    const opened = this.#open(row, purpose);
    this.#opened.set(purpose, opened);
    return opened;
  }

  /** The active signer of a purpose; makes its key on first use. Two callers at once end with the same key. */
  async ensure(manager: EntityManager, purpose: Purpose): Promise<KeystoreSigner> {
    const existing = await this.signer(manager, purpose);
    if (existing !== undefined) return existing;
    const privateKey = randomBytes(32);
    const wallet = new Wallet(`0x${privateKey.toString('hex')}`);
    const sealed = sealKey(this.#masterKey, privateKey, wallet.address, purpose);
    await affected(
      manager,
      `INSERT INTO ops.signing_key (purpose, address, ciphertext, iv, tag) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (purpose) WHERE retired_at IS NULL DO NOTHING RETURNING id`,
      [purpose, Buffer.from(wallet.address.slice(2), 'hex'), sealed.ciphertext, sealed.iv, sealed.tag],
    );
    // Not remembered yet: the caller's transaction may still roll back, and then another key may take its place.
    const sql = `SELECT ${COLUMNS} FROM ops.signing_key WHERE purpose = $1 AND retired_at IS NULL`;
    const row = await firstRow(manager, KeyRow, sql, [purpose]);
    if (row === undefined) throw new Error(`no signing key for ${purpose} after making one`);
    return this.#open(row, purpose);
  }

  /**
   * Opens every key once, so that a wrong master key stops the start and not the first payment. Outside demo mode keys
   * of governance and of settlement banks have no business here: one keystore that signs for everybody would make the
   * separation of powers a fiction.
   */
  async verify(db: Queryable, demo: boolean, settlementBanks: ReadonlySet<number>): Promise<void> {
    const all = await rows(db, KeyRow, `SELECT ${COLUMNS} FROM ops.signing_key WHERE retired_at IS NULL ORDER BY id`);
    for (const row of all) {
      try {
        this.#open(row, asPurpose(row.purpose));
      } catch (error) {
        throw new KeystoreRefusal(
          `${error instanceof Error ? error.message : error}. Start with the master key this database was made with (MASTER_KEY, or master.key in the data directory).`,
        );
      }
      const member = /^MEMBER:(\d+)$/.exec(row.purpose)?.[1];
      if (demo || (member !== undefined && !settlementBanks.has(Number(member)))) continue;
      throw new KeystoreRefusal(
        `The custodial keystore holds the key of ${row.purpose}. Keys of governance and of settlement banks belong to their own signers; they are kept here in demo mode only.`,
      );
    }
  }

  #open(row: z.output<typeof KeyRow>, purpose: Purpose): KeystoreSigner {
    const privateKey = openKey(this.#masterKey, row, row.address, purpose);
    const wallet = new Wallet(`0x${privateKey.toString('hex')}`);
    if (wallet.address.toLowerCase() !== row.address) throw new Error(`the key of ${purpose} has another address`);
    return {
      keyId: row.id,
      address: wallet.address,
      purpose,
      signTransaction: async (transaction) => asWord(await wallet.signTransaction(transaction)),
      signTypedData: async (domain, types, value) => asWord(await wallet.signTypedData(domain, types, value)),
    };
  }
}

function asWord(text: string): Word {
  return `0x${text.slice(2).toLowerCase()}`;
}

function asPurpose(text: string): Purpose {
  const [kind, name = ''] = text.split(':');
  return kind === 'MEMBER' ? `MEMBER:${Number(name)}` : `GOVERNANCE:${name}`;
}
