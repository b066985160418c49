import { XmlElement } from 'libxml2-wasm';
import { parseDay } from '../../common/day.js';
import { DomainError } from '../../common/errors.js';
import { type Currency, isCurrency, parseDecimal } from '../../common/money.js';
import { type InvoiceFacts, type InvoiceTotals, normaliseIdentifier, type PartyClaim } from './invoice.js';
import { withXml } from './xml.js';

/** Reads a UBL 2.1 invoice into the normalised model: one parse, and every fact taken from it exactly once. */

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const NAMESPACES = { cac: `${UBL}CommonAggregateComponents-2`, cbc: `${UBL}CommonBasicComponents-2` };

/** Summing up more would hold up everybody else for longer than one person's file should. */
const MAX_LINES = 10_000;

/**
 * Errors: those of `withXml`; DOCUMENT_NOT_INVOICE for another root or a field given twice; INVOICE_TYPE_REFUSED for a
 * credit note; INVOICE_FIELD_MISSING; CURRENCY_UNKNOWN; DAY_INVALID; AMOUNT_MALFORMED; AMOUNT_TOO_PRECISE.
 */
export function readUblInvoice(bytes: Uint8Array): InvoiceFacts {
  return withXml(bytes, (root) => {
    checkRoot(root);
    const currency = readCurrency(root);
    return {
      typeCode: need(root, 'cbc:InvoiceTypeCode', 'BT-3'),
      number: need(root, 'cbc:ID', 'BT-1', 60),
      issueDay: parseDay(need(root, 'cbc:IssueDate', 'BT-2')),
      dueDay: parseDay(need(root, 'cbc:DueDate', 'BT-9')),
      currency,
      seller: readParty(root, 'cac:AccountingSupplierParty/cac:Party'),
      buyer: readParty(root, 'cac:AccountingCustomerParty/cac:Party'),
      payee: only(root, 'cac:PayeeParty') ? readParty(root, 'cac:PayeeParty') : undefined,
      orderNumber: take(root, 'cac:OrderReference/cbc:ID')?.slice(0, 120),
      totals: readTotals(root, currency),
    };
  });
}

function checkRoot(root: XmlElement): void {
  if (root.name === 'CreditNote' && root.namespaceUri === `${UBL}CreditNote-2`) {
    throw new DomainError('INVOICE_TYPE_REFUSED', { typeCode: '381' });
  }
  if (root.name !== 'Invoice' || root.namespaceUri !== `${UBL}Invoice-2`) {
    throw new DomainError('DOCUMENT_NOT_INVOICE', { root: root.name.slice(0, 60) });
  }
}

function readCurrency(root: XmlElement): Currency {
  const code = need(root, 'cbc:DocumentCurrencyCode', 'BT-5');
  if (!isCurrency(code)) throw new DomainError('CURRENCY_UNKNOWN', { currency: code.slice(0, 10) });
  return code;
}

/** Every identifier the document gives a party: legal registration, VAT number, party identification. */
function readParty(root: XmlElement, path: string): PartyClaim {
  const party = only(root, path);
  if (!party) return { identifiers: [], country: undefined };
  const identifiers = [
    'cac:PartyLegalEntity/cbc:CompanyID',
    'cac:PartyTaxScheme/cbc:CompanyID',
    'cac:PartyIdentification/cbc:ID',
  ]
    .flatMap((step) => elements(party, step).map(textOf))
    .map(normaliseIdentifier)
    .filter((id) => id.length >= 3 && id.length <= 60);
  return {
    identifiers: [...new Set(identifiers)],
    country: take(party, 'cac:PostalAddress/cac:Country/cbc:IdentificationCode')?.toUpperCase(),
  };
}

function readTotals(root: XmlElement, currency: Currency): InvoiceTotals {
  const total = only(root, 'cac:LegalMonetaryTotal');
  if (!total) throw new DomainError('INVOICE_FIELD_MISSING', { field: 'BG-22' });
  const amount = (path: string) => amountOf(only(total, path), currency);
  const required = (path: string, field: string) => {
    const value = amount(path);
    if (value === undefined) throw new DomainError('INVOICE_FIELD_MISSING', { field });
    return value;
  };
  const lines = elements(root, 'cac:InvoiceLine');
  if (lines.length === 0) throw new DomainError('INVOICE_FIELD_MISSING', { field: 'BG-25' });
  if (lines.length > MAX_LINES) {
    throw new DomainError('DOCUMENT_TOO_LARGE', { lines: lines.length, allowed: MAX_LINES });
  }
  return {
    lines: lines.map((line) => amountIn(line, 'cbc:LineExtensionAmount', 'BT-131', currency)),
    allowances: readAllowances(root, false, currency),
    charges: readAllowances(root, true, currency),
    lineTotal: required('cbc:LineExtensionAmount', 'BT-106'),
    allowanceTotal: amount('cbc:AllowanceTotalAmount') ?? 0n,
    chargeTotal: amount('cbc:ChargeTotalAmount') ?? 0n,
    net: required('cbc:TaxExclusiveAmount', 'BT-109'),
    ...readTax(root, currency),
    gross: required('cbc:TaxInclusiveAmount', 'BT-112'),
    prepaid: amount('cbc:PrepaidAmount') ?? 0n,
    rounding: amount('cbc:PayableRoundingAmount') ?? 0n,
    payable: required('cbc:PayableAmount', 'BT-115'),
  };
}

function readAllowances(root: XmlElement, charge: boolean, currency: Currency): bigint[] {
  return elements(root, 'cac:AllowanceCharge').flatMap((entry) => {
    const indicator = need(entry, 'cbc:ChargeIndicator', 'BG-20');
    if (indicator !== 'true' && indicator !== 'false')
      throw new DomainError('INVOICE_FIELD_MISSING', { field: 'BG-20' });
    if ((indicator === 'true') !== charge) return [];
    return [amountIn(entry, 'cbc:Amount', charge ? 'BT-99' : 'BT-92', currency)];
  });
}

/** The tax total in the invoice's currency; a second one in the accounting currency (BT-111) is not part of the sum. */
function readTax(root: XmlElement, currency: Currency): Pick<InvoiceTotals, 'tax' | 'taxGroups'> {
  const totals = elements(root, 'cac:TaxTotal').filter((entry) => {
    const amount = only(entry, 'cbc:TaxAmount');
    return amount?.attr('currencyID')?.value === currency;
  });
  if (totals.length > 1) throw new DomainError('DOCUMENT_NOT_INVOICE', { twice: 'cac:TaxTotal' });
  const [total] = totals;
  if (!total) {
    if (elements(root, 'cac:TaxTotal').length > 0) throw new DomainError('CURRENCY_UNKNOWN', { field: 'BT-110' });
    return { tax: 0n, taxGroups: undefined };
  }
  const groups = elements(total, 'cac:TaxSubtotal');
  return {
    tax: amountIn(total, 'cbc:TaxAmount', 'BT-110', currency),
    taxGroups:
      groups.length > 0 ? groups.map((group) => amountIn(group, 'cbc:TaxAmount', 'BT-117', currency)) : undefined,
  };
}

function amountIn(parent: XmlElement, path: string, field: string, currency: Currency): bigint {
  const value = amountOf(only(parent, path), currency);
  if (value === undefined) throw new DomainError('INVOICE_FIELD_MISSING', { field });
  return value;
}

/** An amount in the invoice's currency; one stated in another currency must not be added up silently. */
function amountOf(element: XmlElement | undefined, currency: Currency): bigint | undefined {
  if (!element) return undefined;
  const stated = element.attr('currencyID')?.value;
  if (stated !== currency) {
    throw new DomainError('CURRENCY_UNKNOWN', { field: element.name, currency: stated?.slice(0, 10) ?? '' });
  }
  return parseDecimal(textOf(element), currency);
}

function elements(parent: XmlElement, path: string): XmlElement[] {
  return parent.find(path, NAMESPACES).filter((node) => node instanceof XmlElement);
}

/** The one element at a path. Two would let people and programs read different facts from one file. */
function only(parent: XmlElement, path: string): XmlElement | undefined {
  const found = elements(parent, path);
  if (found.length > 1) throw new DomainError('DOCUMENT_NOT_INVOICE', { twice: path });
  return found[0];
}

function textOf(element: XmlElement): string {
  if (element.find('*').length > 0) throw new DomainError('DOCUMENT_NOT_INVOICE', { nested: element.name });
  return element.content.trim();
}

function take(parent: XmlElement, path: string): string | undefined {
  const element = only(parent, path);
  const text = element ? textOf(element) : '';
  return text === '' ? undefined : text;
}

/** A field that must be there, of bounded length and without control characters. */
function need(parent: XmlElement, path: string, field: string, maxLength = 60): string {
  const text = take(parent, path);
  if (text === undefined) throw new DomainError('INVOICE_FIELD_MISSING', { field });
  if (text.length > maxLength || /\p{Cc}/u.test(text)) {
    throw new DomainError('REQUEST_INVALID', { field, reason: `at most ${maxLength} plain characters` });
  }
  return text;
}
