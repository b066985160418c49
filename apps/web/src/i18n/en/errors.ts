/** Every refusal: what was refused, and what the person can do next. Keys are the codes of the API. */
export const errors = {
  UNREACHABLE: {
    what: 'Headwater did not answer.',
    next: 'Check your connection, then press the same button again: nothing is done twice.',
  },
  REQUEST_INVALID: { what: 'Something in this form does not fit.', next: 'Check the marked fields and try again.' },
  NOT_FOUND: {
    what: 'There is nothing here that you can see.',
    next: 'Go back to the list; it may have been closed or belong to somebody else.',
  },
  METHOD_NOT_ALLOWED: { what: 'This cannot be done here.', next: 'Reload the page and try again.' },
  PAYLOAD_TOO_LARGE: { what: 'What you sent is larger than allowed.', next: 'Send a smaller file, 5 MB at most.' },
  UNSUPPORTED_MEDIA_TYPE: {
    what: 'This kind of file is not accepted.',
    next: 'Send a UBL 2.1 invoice as an XML file.',
  },
  TOO_MANY_REQUESTS: { what: 'Too many attempts in a short time.', next: 'Wait a minute, then try again.' },
  IDEMPOTENCY_KEY_MISSING: {
    what: 'The request could not be told apart from a repetition.',
    next: 'Reload the page and try again.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    what: 'This was sent before with other content.',
    next: 'Reload the page and start again.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    what: 'The same request is still being worked on.',
    next: 'Wait a moment; the list updates by itself.',
  },
  INTERNAL: {
    what: 'Something went wrong on our side. Nothing was changed.',
    next: 'Try again; if it stays, tell the operator.',
  },
  NOT_READY: { what: 'Headwater is starting or catching up.', next: 'Try again in a few seconds.' },
  CLOCK_DIVERGED: {
    what: 'Writing is paused until the clocks agree again.',
    next: 'Try again in a few minutes; reading goes on.',
  },
  SIGNED_OUT: { what: 'You are signed out.', next: 'Sign in again to go on.' },
  SIGN_IN_FAILED: {
    what: 'E-mail or password is wrong.',
    next: 'Check both, or ask an administrator of your organisation for a reset link.',
  },
  INSECURE_TRANSPORT: {
    what: 'This connection would show your password to others.',
    next: 'Open Headwater through https (or on localhost) and sign in there.',
  },
  ORIGIN_REFUSED: { what: 'The request came from another site.', next: 'Open Headwater in its own tab and try again.' },
  FORBIDDEN: {
    what: 'Your role does not allow this.',
    next: 'Ask an administrator of your organisation for the role, or a colleague who has it.',
  },
  PASSWORD_TOO_WEAK: {
    what: 'This password is too easy to guess.',
    next: 'Choose one of at least 12 characters that is not well known.',
  },
  PASSWORD_WRONG: {
    what: 'The current password is wrong.',
    next: 'Type it again, or ask an administrator for a reset link.',
  },
  LINK_INVALID: {
    what: 'This link was used, has expired, or never existed.',
    next: 'Ask the person who sent it for a new one.',
  },
  EMAIL_TAKEN: {
    what: 'Somebody already signs in with this e-mail.',
    next: 'Use another e-mail, or sign in with this one.',
  },
  LAST_ADMINISTRATOR: {
    what: 'An organisation keeps at least one administrator.',
    next: 'Make a colleague administrator first.',
  },
  SAME_PERSON: {
    what: 'Whoever proposes cannot also approve.',
    next: 'Ask a colleague with the checker role to decide.',
  },
  ORGANISATION_UNKNOWN: { what: 'No such organisation in the network.', next: 'Search again, or invite it.' },
  ORGANISATION_NOT_ADMITTED: {
    what: 'This organisation is not admitted yet.',
    next: 'Wait until the operator has admitted it; you can then go on.',
  },
  ORGANISATION_EXISTS: {
    what: 'An organisation with this registry number is already here.',
    next: 'Search for it instead of adding it.',
  },
  ADMISSION_STATE: { what: 'This application is no longer open.', next: 'Reload the list to see how it was decided.' },
  ROLE_MISMATCH: { what: 'This organisation does not have the role this needs.', next: 'Choose another organisation.' },
  IDENTIFIER_INVALID: {
    what: 'The number fails its check digits.',
    next: 'Compare it with the document, character by character.',
  },
  AMOUNT_MALFORMED: { what: 'The amount is not a plain number.', next: 'Write it like 1250000.00.' },
  AMOUNT_TOO_PRECISE: { what: 'The amount has more decimals than its currency.', next: 'Shorten the decimals.' },
  AMOUNT_NOT_POSITIVE: { what: 'The amount must be above zero.', next: 'Enter what you want to move.' },
  AMOUNT_TOO_LARGE: {
    what: 'The amount is larger than can be recorded.',
    next: 'Check the number of digits, or split it.',
  },
  CURRENCY_UNKNOWN: { what: 'This currency is not settled here.', next: 'Choose one from the list.' },
  DAY_INVALID: { what: 'This is not a day of the calendar.', next: 'Choose the day again.' },
  XML_MALFORMED: {
    what: 'The file is not well-formed XML.',
    next: 'Export the invoice again from your accounting system.',
  },
  XML_FORBIDDEN: {
    what: 'The file carries definitions or entities, which are not accepted.',
    next: 'Export it as a plain UBL 2.1 invoice.',
  },
  XML_TOO_DEEP: { what: 'The file is nested deeper than any invoice.', next: 'Export it again; this file is damaged.' },
  DOCUMENT_TOO_LARGE: { what: 'The file is larger than 5 MB.', next: 'Export it without embedded attachments.' },
  DOCUMENT_NOT_INVOICE: {
    what: 'The file is not a UBL 2.1 invoice.',
    next: 'Export as UBL 2.1, or type the invoice in.',
  },
  INVOICE_FIELD_MISSING: {
    what: 'The invoice lacks a field we need.',
    next: 'Add it in your accounting system and export again.',
  },
  INVOICE_TOTALS_WRONG: {
    what: 'The totals of the invoice do not add up.',
    next: 'Correct net, tax and total, then upload again.',
  },
  INVOICE_DATES_WRONG: {
    what: 'The dates cannot be: due before issue, or already past.',
    next: 'Correct the dates, then upload again.',
  },
  INVOICE_TYPE_REFUSED: {
    what: 'This document is not a claim for payment.',
    next: 'Upload a commercial invoice, not a credit note or reminder.',
  },
  PAYEE_DIFFERS: {
    what: 'The invoice names another payee than its seller; the claim may already belong to somebody else.',
    next: 'If you have not assigned it, correct the payee and upload it again.',
  },
  SELLER_MISMATCH: {
    what: 'The seller named in it is not your organisation.',
    next: 'Upload invoices of your own; check the registry number.',
  },
  BUYER_UNKNOWN: {
    what: 'The buyer named in it is not in the network.',
    next: 'Check the registry number, or ask the buyer to join.',
  },
  INVOICE_DUPLICATE: { what: 'This invoice was brought in before.', next: 'Find it in the list by its number.' },
  INVOICE_STATE: { what: 'The invoice has moved on.', next: 'Look at its timeline to see where it stands.' },
  CONFIRMATION_STATE: { what: 'This decision has already been taken.', next: 'Look at the timeline to see by whom.' },
  TENOR_TOO_LONG: { what: 'The due day is further away than the programme allows.', next: 'Agree on an earlier day.' },
  DUE_DAY_PAST: { what: 'The due day is already past.', next: 'Choose a later day, or settle this invoice outside.' },
  PAYABLE_STATE: { what: 'The payable has moved on.', next: 'Look at its timeline to see where it stands.' },
  UNITS_NOT_AVAILABLE: {
    what: 'You hold less than that free of other offers and requests.',
    next: 'Lower the amount, or withdraw an open offer or request.',
  },
  RECIPIENT_REFUSED: {
    what: 'This organisation cannot receive a transfer.',
    next: 'Choose a supplier; banks receive only by a sale.',
  },
  TRANSFER_STATE: {
    what: 'This transfer has been decided, or its time is over.',
    next: 'Look at the list; a new one can be offered.',
  },
  REQUEST_STATE: { what: 'This request is no longer open.', next: 'Look at the list; a new one can be made.' },
  QUOTE_STATE: { what: 'This quote has already been decided.', next: 'Look at the request to see how.' },
  QUOTE_EXPIRED: { what: 'This quote has expired.', next: 'Ask the bank for a new one, or take another.' },
  QUOTE_EXISTS: { what: 'Your bank already has an open quote here.', next: 'Withdraw it first, then quote again.' },
  LIMIT_EXCEEDED: {
    what: 'There is not enough free limit on this buyer group.',
    next: 'Raise the limit, or withdraw other quotes that block it.',
  },
  RATE_OUT_OF_RANGE: { what: 'The rate is outside what can be quoted.', next: 'Choose a rate within the range shown.' },
  FUNDS_NOT_AVAILABLE: {
    what: 'There is not enough money available.',
    next: 'Have money paid in first, or lower the amount.',
  },
  PAYMENT_TOO_LARGE: { what: 'This is more than is still owed.', next: 'Pay what is open, not more.' },
  PAYMENT_TOO_EARLY: {
    what: 'Before the due day only the full amount can be paid.',
    next: 'Pay in full now, or in part from the due day on.',
  },
  PAYMENT_CHANGED: {
    what: 'The amount paid has changed since you looked.',
    next: 'Look at the figures again, then pay.',
  },
  PAYOUT_STATE: { what: 'This payout has already been decided.', next: 'Look at the list to see how.' },
  ACCOUNT_MISSING: {
    what: 'There is no bank account to pay out to.',
    next: 'Have an administrator register one under Settings.',
  },
  REFERENCE_USED: {
    what: 'This bank reference was booked before.',
    next: 'Check the statement line; nothing was booked twice.',
  },
  NOTHING_TO_CLAIM: { what: 'There is nothing to collect on this holding.', next: "Wait for the buyer's payment." },
  REGISTER_REFUSED: {
    what: 'This was refused when it was recorded. Nothing was changed.',
    next: 'Look at the current state, then try again.',
  },
  DEMO_ONLY: { what: 'This exists only in demo mode.', next: 'Go back to your work.' },
};
