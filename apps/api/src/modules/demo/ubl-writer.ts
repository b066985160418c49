import { type Currency, formatDecimal } from '../../common/money.js';

/** Writes UBL 2.1 invoices in the EN 16931 core, so that the demo has real files to bring in. */

export interface UblParty {
  readonly name: string;
  readonly registryNumber: string;
  readonly country: string;
}

export interface UblLine {
  readonly name: string;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
}

export interface UblInvoice {
  readonly number: string;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly currency: Currency;
  readonly orderNumber: string;
  readonly seller: UblParty;
  readonly buyer: UblParty;
  /** Account the seller names for payment. */
  readonly account: string;
  readonly taxPercent: number;
  readonly lines: readonly UblLine[];
}

export interface UblTotals {
  readonly net: bigint;
  /** net x percent / 100, rounded half up once for the one tax group. */
  readonly tax: bigint;
  readonly gross: bigint;
}

export function totalsOf(invoice: UblInvoice): UblTotals {
  const net = invoice.lines.reduce((sum, line) => sum + lineNet(line), 0n);
  const tax = (net * BigInt(invoice.taxPercent) + 50n) / 100n;
  return { net, tax, gross: net + tax };
}

/** The file, in the element order that the UBL 2.1 schema asks for. */
export function writeUblInvoice(invoice: UblInvoice): string {
  const { net, tax, gross } = totalsOf(invoice);
  const money = (name: string, minor: bigint) =>
    `<cbc:${name} currencyID="${invoice.currency}">${formatDecimal(minor, invoice.currency)}</cbc:${name}>`;
  const category = `<cbc:ID>S</cbc:ID><cbc:Percent>${invoice.taxPercent}</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>`;
  const lines = invoice.lines.map((line, index) => writeLine(line, index + 1, money, category)).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
         xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
         xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  <cbc:ID>${escapeXml(invoice.number)}</cbc:ID>
  <cbc:IssueDate>${invoice.issueDay}</cbc:IssueDate>
  <cbc:DueDate>${invoice.dueDay}</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>${invoice.currency}</cbc:DocumentCurrencyCode>
  <cac:OrderReference><cbc:ID>${escapeXml(invoice.orderNumber)}</cbc:ID></cac:OrderReference>
  <cac:AccountingSupplierParty>${writeParty(invoice.seller)}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${writeParty(invoice.buyer)}</cac:AccountingCustomerParty>
  <cac:PaymentMeans>
    <cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
    <cac:PayeeFinancialAccount><cbc:ID>${escapeXml(invoice.account)}</cbc:ID></cac:PayeeFinancialAccount>
  </cac:PaymentMeans>
  <cac:TaxTotal>
    ${money('TaxAmount', tax)}
    <cac:TaxSubtotal>
      ${money('TaxableAmount', net)}
      ${money('TaxAmount', tax)}
      <cac:TaxCategory>${category}</cac:TaxCategory>
    </cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    ${money('LineExtensionAmount', net)}
    ${money('TaxExclusiveAmount', net)}
    ${money('TaxInclusiveAmount', gross)}
    ${money('PayableAmount', gross)}
  </cac:LegalMonetaryTotal>
${lines}
</Invoice>
`;
}

function writeLine(
  line: UblLine,
  number: number,
  money: (name: string, minor: bigint) => string,
  category: string,
): string {
  return `  <cac:InvoiceLine>
    <cbc:ID>${number}</cbc:ID>
    <cbc:InvoicedQuantity unitCode="H87">${line.quantity}</cbc:InvoicedQuantity>
    ${money('LineExtensionAmount', lineNet(line))}
    <cac:Item><cbc:Name>${escapeXml(line.name)}</cbc:Name><cac:ClassifiedTaxCategory>${category}</cac:ClassifiedTaxCategory></cac:Item>
    <cac:Price>${money('PriceAmount', line.unitPriceMinor)}</cac:Price>
  </cac:InvoiceLine>`;
}

function writeParty(party: UblParty): string {
  return `
    <cac:Party>
      <cac:PartyName><cbc:Name>${escapeXml(party.name)}</cbc:Name></cac:PartyName>
      <cac:PostalAddress><cac:Country><cbc:IdentificationCode>${party.country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
      <cac:PartyLegalEntity>
        <cbc:RegistrationName>${escapeXml(party.name)}</cbc:RegistrationName>
        <cbc:CompanyID>${escapeXml(party.registryNumber)}</cbc:CompanyID>
      </cac:PartyLegalEntity>
    </cac:Party>
  `;
}

function lineNet(line: UblLine): bigint {
  return BigInt(line.quantity) * line.unitPriceMinor;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
