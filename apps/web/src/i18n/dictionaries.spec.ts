import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '../../../api/src/common/error-codes.js';
import { en } from './en/index.js';
import { zh } from './zh/index.js';

function flat(tree: object, prefix = ''): Map<string, string> {
  const words = new Map<string, string>();
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    if (typeof value === 'string') words.set(prefix + key, value);
    else if (typeof value === 'object' && value !== null)
      for (const [inner, text] of flat(value, `${prefix}${key}.`)) words.set(inner, text);
  }
  return words;
}

const english = flat(en);
const chinese = flat(zh);
const holes = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((match) => match[1]).sort();

describe('the two dictionaries', () => {
  it('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });
  it('leave nothing empty', () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
  it('fill the same holes', () => {
    // A language may leave a hole out that its grammar does not need, but never ask for one that is not filled.
    const asked = [...chinese].filter(([key, text]) =>
      holes(text).some((hole) => !holes(english.get(key) ?? '').includes(hole)),
    );
    expect(asked).toEqual([]);
  });
  it('translate every refusal of the API, and nothing it does not know', () => {
    const codes = Object.keys(ERROR_CODES);
    expect(codes.filter((code) => !Object.hasOwn(en.errors, code))).toEqual([]);
    expect(Object.keys(en.errors).filter((code) => code !== 'UNREACHABLE' && !codes.includes(code))).toEqual([]);
  });
});

/** The operator's Register page is the only place where the machinery may be named; its words live in `operator`. */
const MACHINERY =
  /\b(block ?chain|block (number|height|hash)|chain|tokens?|wallets?|gas|hash(es)?|smart contracts?|nonce|mint|burn)\b/i;
const 机器 = /区块|链上|上链|代币|钱包|哈希|智能合约|燃料费/;

describe('everyday words', () => {
  const outside = (words: Map<string, string>) => [...words].filter(([key]) => !key.startsWith('operator.'));
  it('name no machinery in English', () => {
    expect(outside(english).filter(([, text]) => MACHINERY.test(text))).toEqual([]);
  });
  it('name no machinery in Chinese', () => {
    expect(outside(chinese).filter(([, text]) => 机器.test(text))).toEqual([]);
  });
});
