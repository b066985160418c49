import { addDays, type Day } from '../../common/day.js';
import { ALLOYS, BUYER, type DemoOrganisation, HUBS, TYRES } from './demo.network.js';
import { totalsOf, type UblInvoice, writeUblInvoice } from './ubl-writer.js';

/** An invoice file the demo offers, and whose it is. */
export interface SampleInvoice {
  readonly name: string;
  readonly sellerRegistryNumber: string;
  readonly invoice: UblInvoice;
}

/** How long ago the goods were billed; the file is made on the day it is asked for, so that it is never stale. */
const BILLED_DAYS_AGO = 10;

interface Draft {
  readonly seller: DemoOrganisation;
  readonly number: string;
  readonly order: string;
  readonly dueInDays: number;
  /** Quantities, and net unit prices in minor units. */
  readonly lines: UblInvoice['lines'];
}

/** The first comes to exactly 10,000,000.00 with tax: the amount the main job is usually told with. */
const DRAFTS: readonly Draft[] = [
  {
    seller: TYRES,
    number: 'NW-1001',
    order: 'AM-PO-7001',
    dueInDays: 120,
    lines: [
      { name: 'Tyre 225/45 R18, summer', quantity: 20_000, unitPriceMinor: 42_000n },
      { name: 'Mounting sets and delivery, lump sum', quantity: 1, unitPriceMinor: 44_955_752n },
    ],
  },
  {
    seller: TYRES,
    number: 'NW-1002',
    order: 'AM-PO-7002',
    dueInDays: 90,
    lines: [{ name: 'Tyre 205/55 R16, all season', quantity: 6_400, unitPriceMinor: 34_250n }],
  },
  {
    seller: TYRES,
    number: 'NW-1003',
    order: 'AM-PO-7003',
    dueInDays: 60,
    lines: [{ name: 'Spare wheel, steel', quantity: 2_750, unitPriceMinor: 27_899n }],
  },
  {
    seller: HUBS,
    number: 'KH-2201',
    order: 'AM-PO-7010',
    dueInDays: 120,
    lines: [{ name: 'Wheel hub, front axle', quantity: 8_000, unitPriceMinor: 31_500n }],
  },
  {
    seller: ALLOYS,
    number: 'SA-3301',
    order: 'AM-PO-7020',
    dueInDays: 150,
    lines: [{ name: 'Aluminium casting A356, t', quantity: 180, unitPriceMinor: 2_240_000n }],
  },
];

const VAT_PERCENT = 13;

/** The files as of `today`; names do not change from day to day. */
export function sampleInvoices(today: Day): SampleInvoice[] {
  return DRAFTS.map((draft) => ({
    name: `${draft.number}.xml`,
    sellerRegistryNumber: draft.seller.registryNumber,
    invoice: {
      number: draft.number,
      issueDay: addDays(today, -BILLED_DAYS_AGO),
      dueDay: addDays(today, draft.dueInDays - BILLED_DAYS_AGO),
      currency: 'CNY',
      orderNumber: draft.order,
      seller: draft.seller,
      buyer: BUYER,
      account: draft.seller.account?.number ?? '',
      taxPercent: VAT_PERCENT,
      lines: draft.lines,
    },
  }));
}

export function sampleFile(sample: SampleInvoice): string {
  return writeUblInvoice(sample.invoice);
}

export function sampleGross(sample: SampleInvoice): bigint {
  return totalsOf(sample.invoice).gross;
}
