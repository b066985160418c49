import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, digestOf } from './canonical.js';

describe('canonical text', () => {
  test('sorts keys at every level, keeps the order of lists and leaves absent fields out', () => {
    expect(canonicalJson({ b: '1', a: { d: null, c: ['x', 'a'] }, e: undefined })).toBe(
      '{"a":{"c":["x","a"],"d":null},"b":"1"}',
    );
  });

  test('says the same as JSON, whatever the order of writing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (facts) => {
        const turned = Object.fromEntries(Object.entries(facts).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(facts));
        expect(JSON.parse(canonicalJson(facts))).toEqual({ ...facts });
      }),
    );
  });

  test('the digest is plain SHA-256, so that anybody can recompute it', () => {
    expect(digestOf({ a: '1' })).toBe(createHash('sha256').update('{"a":"1"}').digest('hex'));
  });
});
