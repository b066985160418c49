interface UblFacts {
  readonly number: string;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly currency: string;
  readonly amount: string;
  readonly seller: { readonly name: string; readonly registryNumber: string };
  readonly buyer: { readonly name: string; readonly registryNumber: string };
}

const xmlText = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const party = (role: string, { name, registryNumber }: UblFacts['seller']) => `
  <cac:Accounting${role}Party><cac:Party>
    <cac:PostalAddress><cac:Country><cbc:IdentificationCode>CN</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyLegalEntity><cbc:RegistrationName>${xmlText(name)}</cbc:RegistrationName><cbc:CompanyID>${registryNumber}</cbc:CompanyID></cac:PartyLegalEntity>
  </cac:Party></cac:Accounting${role}Party>`;

/** A small, whole UBL 2.1 invoice outside the scope of VAT with one line, as a supplier's system would send it. */
export function ublInvoice(facts: UblFacts): string {
  const money = (tag: string) => `<cbc:${tag} currencyID="${facts.currency}">${facts.amount}</cbc:${tag}>`;
  const zero = `<cbc:TaxAmount currencyID="${facts.currency}">0</cbc:TaxAmount>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  <cbc:ID>${xmlText(facts.number)}</cbc:ID>
  <cbc:IssueDate>${facts.issueDay}</cbc:IssueDate>
  <cbc:DueDate>${facts.dueDay}</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>${facts.currency}</cbc:DocumentCurrencyCode>${party('Supplier', facts.seller)}${party('Customer', facts.buyer)}
  <cac:TaxTotal>${zero}<cac:TaxSubtotal>${money('TaxableAmount')}${zero}<cac:TaxCategory><cbc:ID>O</cbc:ID><cbc:TaxExemptionReason>Outside the scope of VAT</cbc:TaxExemptionReason><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
  <cac:LegalMonetaryTotal>${money('LineExtensionAmount')}${money('TaxExclusiveAmount')}${money('TaxInclusiveAmount')}${money('PayableAmount')}</cac:LegalMonetaryTotal>
  <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>${money('LineExtensionAmount')}<cac:Item><cbc:Name>Goods as ordered</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>O</cbc:ID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item><cac:Price>${money('PriceAmount')}</cac:Price></cac:InvoiceLine>
</Invoice>
`;
}
