/** Builds UBL invoices for tests: one that is right, and any number that differ from it in one place. */

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';

export interface UblFields {
  readonly typeCode: string;
  readonly number: string;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly currency: string;
  readonly seller: { readonly registryNumber: string; readonly country: string; readonly name: string };
  readonly buyer: { readonly registryNumber: string; readonly country: string; readonly name: string };
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly payable: string;
  readonly orderNumber: string;
}

export const UBL_FIELDS: UblFields = {
  typeCode: '380',
  number: 'INV-2026-001',
  issueDay: '2026-03-01',
  dueDay: '2026-08-31',
  currency: 'CNY',
  seller: { registryNumber: '91330100799655058B', country: 'CN', name: 'Tyre Works' },
  buyer: { registryNumber: '9144030071526726XG', country: 'CN', name: 'Car Maker' },
  net: '8849557.52',
  tax: '1150442.48',
  gross: '10000000.00',
  payable: '10000000.00',
  orderNumber: 'PO-4711',
};

export function ublInvoice(change: Partial<UblFields> = {}): string {
  const f = { ...UBL_FIELDS, ...change };
  const amount = (name: string, value: string) => `<cbc:${name} currencyID="${f.currency}">${value}</cbc:${name}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="${UBL}:Invoice-2" xmlns:cac="${UBL}:CommonAggregateComponents-2" xmlns:cbc="${UBL}:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  <cbc:ID>${f.number}</cbc:ID>
  <cbc:IssueDate>${f.issueDay}</cbc:IssueDate>
  <cbc:DueDate>${f.dueDay}</cbc:DueDate>
  <cbc:InvoiceTypeCode>${f.typeCode}</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>${f.currency}</cbc:DocumentCurrencyCode>
  <cac:OrderReference><cbc:ID>${f.orderNumber}</cbc:ID></cac:OrderReference>
  <cac:AccountingSupplierParty>${party(f.seller)}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${party(f.buyer)}</cac:AccountingCustomerParty>
  <cac:TaxTotal>
    ${amount('TaxAmount', f.tax)}
    <cac:TaxSubtotal>${amount('TaxableAmount', f.net)}${amount('TaxAmount', f.tax)}</cac:TaxSubtotal>
  </cac:TaxTotal>
  <cac:LegalMonetaryTotal>
    ${amount('LineExtensionAmount', f.net)}
    ${amount('TaxExclusiveAmount', f.net)}
    ${amount('TaxInclusiveAmount', f.gross)}
    ${amount('PayableAmount', f.payable)}
  </cac:LegalMonetaryTotal>
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID>
    <cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
    ${amount('LineExtensionAmount', f.net)}
    <cac:Item><cbc:Name>Goods</cbc:Name></cac:Item>
    <cac:Price>${amount('PriceAmount', f.net)}</cac:Price>
  </cac:InvoiceLine>
</Invoice>
`;
}

function party(facts: { registryNumber: string; country: string; name: string }): string {
  return `<cac:Party>
    <cac:PostalAddress><cac:Country><cbc:IdentificationCode>${facts.country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyLegalEntity><cbc:RegistrationName>${facts.name}</cbc:RegistrationName><cbc:CompanyID>${facts.registryNumber}</cbc:CompanyID></cac:PartyLegalEntity>
  </cac:Party>`;
}
