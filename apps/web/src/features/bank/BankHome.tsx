export function BankHome() {
  return null;
}
