export function AllPayablesPage() { return null; }
