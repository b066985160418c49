export function PayablesPage() { return null; }
