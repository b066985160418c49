/** What browsers are told to look at again. Matches the event names of GET /events. */
export const TOPICS = [
  'invoices',
  'payables',
  'holdings',
  'transfers',
  'financing',
  'credit',
  'cash',
  'operations',
  'members',
  'colleagues',
  // The demo clock was moved; goes to everybody.
  'clock',
] as const;
export type Topic = (typeof TOPICS)[number];
