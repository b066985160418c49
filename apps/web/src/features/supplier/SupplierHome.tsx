export function SupplierHome() { return null; }
