/**
 * Every refusal the API can answer with: HTTP status and the English sentence shown where no translation exists.
 * The web translates by code. One line each; the comment says when it happens and how to recover where that is not plain.
 * Add here first: a code that is not listed does not compile.
 */
export const ERROR_CODES = {
  // Requests in general
  REQUEST_INVALID: [400, 'The request does not fit what this address expects.'],
  NOT_FOUND: [404, 'There is nothing here that you can see.'],
  METHOD_NOT_ALLOWED: [405, 'This address does not take that method.'],
  PAYLOAD_TOO_LARGE: [413, 'What you sent is larger than allowed.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'This kind of content is not accepted here.'],
  TOO_MANY_REQUESTS: [429, 'Too many requests. Wait a little and try again.'],
  IDEMPOTENCY_KEY_MISSING: [400, 'This request changes business data and needs an Idempotency-Key header.'],
  IDEMPOTENCY_KEY_REUSED: [409, 'This Idempotency-Key was used before with a different request.'],
  IDEMPOTENCY_IN_PROGRESS: [409, 'The same request is still being worked on. Ask again in a moment.'],
  INTERNAL: [500, 'Something went wrong on our side. Nothing was changed.'],
  NOT_READY: [503, 'Headwater is starting or catching up. Try again shortly.'],
  CLOCK_DIVERGED: [503, 'The clock of the register and ours differ too much; writing is paused until they agree.'],

  // Sign-in and rights
  SIGNED_OUT: [401, 'Sign in first.'],
  SIGN_IN_FAILED: [401, 'E-mail or password is wrong.'],
  INSECURE_TRANSPORT: [
    403,
    'Sign-in needs https (or localhost): a plain http connection would show your password and session to others.',
  ],
  ORIGIN_REFUSED: [403, 'The request came from another site.'],
  FORBIDDEN: [403, 'Your role does not allow this.'],
  PASSWORD_TOO_WEAK: [422, 'Choose a password of at least 12 characters that is not a well-known one.'],
  PASSWORD_WRONG: [422, 'The current password is wrong.'],
  LINK_INVALID: [410, 'This link was used, has expired, or never existed. Ask for a new one.'],
  EMAIL_TAKEN: [409, 'Somebody already signs in with this e-mail address.'],
  LAST_ADMINISTRATOR: [409, 'An organisation keeps at least one administrator.'],
  SAME_PERSON: [403, 'Maker and checker must be two people.'],

  // Members
  ORGANISATION_UNKNOWN: [422, 'No such organisation in the network.'],
  ORGANISATION_NOT_ADMITTED: [409, 'This organisation is not admitted to the network yet.'],
  ORGANISATION_EXISTS: [409, 'An organisation with this registry number is already here.'],
  ADMISSION_STATE: [409, 'This application is no longer open.'],
  ROLE_MISMATCH: [409, 'This organisation does not have the role this needs.'],
  IDENTIFIER_INVALID: [422, 'The identifier fails its check digits.'],

  // Amounts and days
  AMOUNT_MALFORMED: [422, 'The amount is not a plain decimal number.'],
  AMOUNT_TOO_PRECISE: [422, 'The amount has more decimals than its currency.'],
  AMOUNT_NOT_POSITIVE: [422, 'The amount must be above zero.'],
  AMOUNT_TOO_LARGE: [422, 'The amount is larger than the register can record.'],
  CURRENCY_UNKNOWN: [422, 'This currency is not settled here.'],
  DAY_INVALID: [422, 'This is not a day of the calendar.'],

  // Invoices and confirmation
  XML_MALFORMED: [422, 'The file is not well-formed XML.'],
  XML_FORBIDDEN: [422, 'The file carries a document type definition or entities, which are not accepted.'],
  XML_TOO_DEEP: [422, 'The file is nested deeper than any invoice.'],
  DOCUMENT_TOO_LARGE: [413, 'The file is larger than 5 MB.'],
  DOCUMENT_NOT_INVOICE: [422, 'The file is not a UBL 2.1 invoice.'],
  INVOICE_FIELD_MISSING: [422, 'The invoice lacks a field we need.'],
  INVOICE_TOTALS_WRONG: [422, 'The totals of the invoice do not add up.'],
  INVOICE_DATES_WRONG: [422, 'The dates of the invoice cannot be: due before issue, or already past.'],
  INVOICE_TYPE_REFUSED: [422, 'This document type is not a claim for payment.'],
  PAYEE_DIFFERS: [
    422,
    'The invoice names another payee than its seller, so the claim may already belong to somebody else.',
  ],
  SELLER_MISMATCH: [422, 'The seller named in the invoice is not your organisation.'],
  BUYER_UNKNOWN: [422, 'The buyer named in the invoice is not in the network.'],
  INVOICE_DUPLICATE: [409, 'This invoice was brought in before.'],
  INVOICE_STATE: [409, 'The invoice has moved on; this is no longer possible.'],
  CONFIRMATION_STATE: [409, 'This decision has already been taken.'],
  TENOR_TOO_LONG: [422, 'The due day is further away than the programme allows.'],
  DUE_DAY_PAST: [422, 'The due day is already past.'],

  // Payables, transfers, financing
  PAYABLE_STATE: [409, 'The payable has moved on; this is no longer possible.'],
  UNITS_NOT_AVAILABLE: [409, 'You hold less than that free of other offers and requests.'],
  RECIPIENT_REFUSED: [422, 'This organisation cannot receive a transfer.'],
  TRANSFER_STATE: [409, 'This transfer has already been decided, or its time is over.'],
  REQUEST_STATE: [409, 'This financing request is no longer open.'],
  QUOTE_STATE: [409, 'This quote has already been decided.'],
  QUOTE_EXPIRED: [409, 'This quote has expired. Ask the bank for a new one.'],
  QUOTE_EXISTS: [409, 'Your bank already has an open quote on this request. Withdraw it first.'],
  LIMIT_EXCEEDED: [409, 'The bank has not enough free limit on this buyer group.'],
  RATE_OUT_OF_RANGE: [422, 'The rate is outside what can be quoted.'],

  // Cash
  FUNDS_NOT_AVAILABLE: [409, 'There is not enough money available.'],
  PAYMENT_TOO_LARGE: [422, 'This is more than is still owed.'],
  PAYMENT_TOO_EARLY: [409, 'Before the due day only the full amount can be paid.'],
  PAYMENT_CHANGED: [409, 'The amount paid has changed since you looked. Look again before paying.'],
  PAYOUT_STATE: [409, 'This payout has already been decided.'],
  ACCOUNT_MISSING: [409, 'Register a bank account first.'],
  REFERENCE_USED: [409, 'This bank reference was booked before.'],
  NOTHING_TO_CLAIM: [409, 'There is nothing to claim on this holding.'],

  // Register
  REGISTER_REFUSED: [409, 'The register refused this. Nothing was changed.'],
  DEMO_ONLY: [404, 'This exists only in demo mode on a local register.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type ErrorCode = keyof typeof ERROR_CODES;
