export function FinancingPage() { return null; }
