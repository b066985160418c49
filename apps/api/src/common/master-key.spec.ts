import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadMasterKey } from './master-key.js';
import { SecretBox } from './secret-box.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'headwater-key-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('master key', () => {
  test('is made once, for its owner only, and then kept', () => {
    const first = loadMasterKey({ masterKey: undefined, dataDir });
    expect(first).toHaveLength(32);
    expect(loadMasterKey({ masterKey: undefined, dataDir }).equals(first)).toBe(true);
    expect(readdirSync(dataDir)).toEqual(['master.key']);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  });

  test('that others can read stops the start', () => {
    loadMasterKey({ masterKey: undefined, dataDir });
    chmodSync(join(dataDir, 'master.key'), 0o644);
    expect(() => loadMasterKey({ masterKey: undefined, dataDir })).toThrow('chmod 600');
  });

  test('that is damaged is never replaced', () => {
    writeFileSync(join(dataDir, 'master.key'), 'half a k', { mode: 0o600 });
    expect(() => loadMasterKey({ masterKey: undefined, dataDir })).toThrow('does not hold a master key');
  });
});

describe('secret box', () => {
  const key = Buffer.alloc(32, 7);
  test('opens what it sealed, and nothing that was changed or meant for another purpose', () => {
    const box = new SecretBox(key, 'links');
    const sealed = box.seal(Buffer.from('a secret'));
    expect(box.open(sealed).toString()).toBe('a secret');
    expect(box.seal(Buffer.from('a secret')).equals(sealed)).toBe(false);
    expect(() => new SecretBox(key, 'other').open(sealed)).toThrow();
    expect(() => new SecretBox(Buffer.alloc(32, 8), 'links').open(sealed)).toThrow();
    for (const at of [0, 15, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => box.open(changed)).toThrow();
    }
  });
});
