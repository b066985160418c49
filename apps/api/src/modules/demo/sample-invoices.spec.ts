import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../common/day.js';
import { judgeInvoice } from '../invoices/invoice.js';
import { readUblInvoice } from '../invoices/ubl.js';
import { isUscc } from '../members/identifiers.js';
import { DEMO_ORGANISATIONS } from './demo.network.js';
import { sampleFile, sampleGross, sampleInvoices } from './sample-invoices.js';
import { writeUblInvoice } from './ubl-writer.js';

const today = parseDay('2026-11-21');

describe('sample invoices', () => {
  test.each(sampleInvoices(today).map((sample) => [sample.name, sample] as const))(
    '%s is read and judged like any invoice',
    (_, sample) => {
      const facts = readUblInvoice(Buffer.from(sampleFile(sample)));
      expect(() => judgeInvoice(facts, today)).not.toThrow();
      expect(facts.number).toBe(sample.invoice.number);
      expect(facts.totals.payable).toBe(sampleGross(sample));
      expect(facts.seller?.identifiers).toContain(sample.sellerRegistryNumber);
    },
  );

  test('the first is for exactly 10,000,000.00', () => {
    const [first] = sampleInvoices(today);
    expect(first && sampleGross(first)).toBe(1_000_000_000n);
  });

  test('markup in a name stays text', () => {
    const [sample] = sampleInvoices(today);
    if (!sample) throw new Error('there is no sample');
    const file = writeUblInvoice({ ...sample.invoice, orderNumber: '<x>&"</x>' });
    expect(readUblInvoice(Buffer.from(file)).orderNumber).toBe('<x>&"</x>');
  });
});

describe('demo organisations', () => {
  test.each(DEMO_ORGANISATIONS.map(({ name, registryNumber }) => [name, registryNumber]))(
    '%s: %s is a valid number',
    (_, number) => expect(isUscc(number)).toBe(true),
  );

  test('each has an administrator, and the buyer can confirm with two people', () => {
    for (const { people } of DEMO_ORGANISATIONS)
      expect(people.flatMap(({ roles }) => [...roles])).toContain('ADMINISTRATOR');
    const emails = DEMO_ORGANISATIONS.flatMap(({ people }) => people.map(({ email }) => email));
    expect(new Set(emails).size).toBe(emails.length);
  });
});
