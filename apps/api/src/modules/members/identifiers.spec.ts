import { describe, expect, test } from '@jest/globals';
import { isIban, isLei, isUscc, normaliseRegistryNumber, parseRegistryNumber, usccCheck } from './identifiers.js';

const USCC = ['9144030071526726XG', '91110000600037341L', '91330100799655058B'];
const LEI = ['HWUPKR0MPOU8FGXBT394', '5493001KJTIIGC8Y1R12', '213800WSGIIZCXF1P572'];
const IBAN = ['GB82WEST12345698765432', 'GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000'];

describe('unified social credit code', () => {
  test.each(USCC)('%s is valid', (code) => expect(isUscc(code)).toBe(true));

  test.each(USCC)('every single changed character of %s is found', (code) => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    for (let i = 0; i < 18; i += 1) {
      for (const other of alphabet) {
        if (other === code[i]) continue;
        expect(isUscc(code.slice(0, i) + other + code.slice(i + 1))).toBe(false);
      }
    }
  });

  test.each(['', '91110000600037341', '91110000600037341LL', '9111000060003734IL', '91110000600037341l'])(
    '%p is refused',
    (code) => expect(isUscc(code)).toBe(false),
  );

  test('the check character is computed, not looked up', () => {
    expect(usccCheck('91110000600037341')).toBe('L');
    expect(usccCheck('9144030071526726X')).toBe('G');
  });
});

describe('legal entity identifier', () => {
  test.each(LEI)('%s is valid', (code) => expect(isLei(code)).toBe(true));
  test.each(['HWUPKR0MPOU8FGXBT395', '5493001KJTIIGC8Y1R21', '213800WSGIIZCXF1P57'])('%s is refused', (code) =>
    expect(isLei(code)).toBe(false),
  );
});

describe('IBAN', () => {
  test.each(IBAN)('%s is valid', (iban) => expect(isIban(iban)).toBe(true));
  test.each(['GB82WEST12345698765433', 'GB82WEST1234569876543', 'DE8937040044053201300'])('%s is refused', (iban) =>
    expect(isIban(iban)).toBe(false),
  );
});

describe('registry number', () => {
  test('spellings of one number are one number', () => {
    expect(normaliseRegistryNumber('HRB 86-786')).toBe('HRB86786');
    expect(parseRegistryNumber('9144 0300 7152 6726 xg', 'CN')).toBe('9144030071526726XG');
  });

  test('a Chinese number with a wrong check character is refused', () => {
    expect(() => parseRegistryNumber('9144030071526726XH', 'CN')).toThrow('IDENTIFIER_INVALID');
  });

  test('countries whose numbers carry no check digit we know are taken as written', () => {
    expect(parseRegistryNumber('HRB 86786', 'DE')).toBe('HRB86786');
    expect(() => parseRegistryNumber('..-', 'DE')).toThrow('IDENTIFIER_INVALID');
  });
});
