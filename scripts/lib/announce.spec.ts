import { expect, test } from '@jest/globals';
import { readyText, signInTable } from './announce.ts';

test('the ready line names the address and the time', () => {
  expect(readyText('Headwater', 'http://localhost:3000', 4210.4)).toBe(
    'Headwater is ready on http://localhost:3000 (4,210 ms)',
  );
});

test('columns line up, also where characters are twice as wide', () => {
  const table = signInTable([
    { organisation: '海星汽车', email: 'a@example.com', password: 'p', role: 'buyer' },
    { organisation: 'Tyres Ltd', email: 'long.name@example.com', password: 'q', role: 'supplier' },
  ]);
  expect(table.split('\n')).toEqual([
    '  Organisation  E-mail                 Password  Role',
    '  海星汽车      a@example.com          p         buyer',
    '  Tyres Ltd     long.name@example.com  q         supplier',
  ]);
});
