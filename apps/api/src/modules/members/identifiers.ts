import { DomainError } from '../../common/errors.js';

/** Registry numbers: how they are compared, and the check digits of those that carry some. */

/** Capitals, without spaces or separators: how two spellings of one number are told to be the same. */
export function normaliseRegistryNumber(number: string): string {
  return number.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** The number as it is stored. Errors: IDENTIFIER_INVALID where its country's check digits do not fit. */
export function parseRegistryNumber(number: string, country: string): string {
  const normalised = normaliseRegistryNumber(number);
  const isValid = country === 'CN' ? isUscc(normalised) : normalised.length >= 3;
  if (!isValid) throw new DomainError('IDENTIFIER_INVALID', { registryNumber: number, country });
  return normalised;
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** 3^i mod 31. Source: GB 32100. */
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** China's unified social credit code: 17 characters without I, O, S, V, Z and one check character. Source: GB 32100-2015. */
export function isUscc(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  return code.at(17) === usccCheck(code.slice(0, 17));
}

/** The check character of a code's first 17 characters. */
export function usccCheck(body: string): string {
  const sum = USCC_WEIGHTS.reduce((total, weight, i) => total + weight * USCC_ALPHABET.indexOf(body.charAt(i)), 0);
  return USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Legal entity identifier, ISO 17442: 20 characters whose number modulo 97 is 1 (ISO 7064 MOD 97-10). */
export function isLei(code: string): boolean {
  return /^[0-9A-Z]{18}[0-9]{2}$/.test(code) && mod97(code) === 1;
}

/** IBAN, ISO 13616: the first four characters moved to the end, the number modulo 97 is 1. Lengths of the named countries only. */
export function isIban(text: string): boolean {
  const iban = normaliseRegistryNumber(text);
  if (!/^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$/.test(iban)) return false;
  const length = IBAN_LENGTHS[iban.slice(0, 2)];
  if (length !== undefined && iban.length !== length) return false;
  return mod97(iban.slice(4) + iban.slice(0, 4)) === 1;
}

const IBAN_LENGTHS: Readonly<Record<string, number>> = { DE: 22, ES: 24, FR: 27, GB: 22, IT: 27, NL: 18 };

/** Letters count as 10 to 35; the remainder is carried digit by digit, because the number has up to 68 digits. */
function mod97(code: string): number {
  let remainder = 0;
  for (const character of code) {
    for (const digit of Number.parseInt(character, 36).toString()) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder;
}
