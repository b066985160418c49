export function HoldingsPage() { return null; }
