import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A fresh, valid unified social credit code (GB 32100-2015), so that a scenario can be played again on a running stack. */
export function freshRegistryNumber(): string {
  const body = `91310000${Array.from({ length: 9 }, () => ALPHABET[randomInt(10)]).join('')}`;
  const sum = [...body].reduce((total, character, i) => total + ALPHABET.indexOf(character) * (WEIGHTS[i] ?? 0), 0);
  return body + ALPHABET[(31 - (sum % 31)) % 31];
}
