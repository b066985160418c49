import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { loadMasterKey } from '../../common/master-key.js';
import { SecretBox } from '../../common/secret-box.js';
import { Config } from '../../config.js';
import { firstRow, type Queryable } from '../../database/sql.js';

const KeyRow = z.object({ fingerprint_key: z.instanceof(Buffer).nullable() });

/** The buyers' fingerprint keys, sealed at rest. One a buyer, made when its first invoice arrives, never changed. */
@Injectable()
export class FingerprintKeys {
  readonly #box: SecretBox;

  constructor(config: Config) {
    this.#box = new SecretBox(loadMasterKey(config), 'fingerprint keys');
  }

  async of(db: Queryable, buyerId: string): Promise<Buffer> {
    const select = 'SELECT fingerprint_key FROM app.organisation WHERE id = $1';
    const known = await firstRow(db, KeyRow, select, [buyerId]);
    if (known?.fingerprint_key) return this.#box.open(known.fingerprint_key);
    // Two first invoices may race: the row lock lets one key win, and both read that one.
    await db.query('UPDATE app.organisation SET fingerprint_key = $2 WHERE id = $1 AND fingerprint_key IS NULL', [
      buyerId,
      this.#box.seal(randomBytes(32)),
    ]);
    const stored = await firstRow(db, KeyRow, select, [buyerId]);
    if (!stored?.fingerprint_key) throw new Error(`organisation ${buyerId} has no fingerprint key`);
    return this.#box.open(stored.fingerprint_key);
  }
}
