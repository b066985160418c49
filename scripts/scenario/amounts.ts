/** Plain decimals of a scenario file to the API's minor units and back, exactly. */
export class Amounts {
  private readonly digits: ReadonlyMap<string, number>;
  constructor(currencies: ReadonlyArray<{ code: string; minorUnits: number }>) {
    this.digits = new Map(currencies.map((c) => [c.code, c.minorUnits]));
  }

  /** "1234.5" CNY -> "123450". More decimals than the currency has are sent on as they are, for the API to refuse. */
  minor(decimal: string, currency: string): string {
    const digits = this.digits.get(currency) ?? 2;
    const [whole = '0', fraction = ''] = decimal.split('.');
    if (fraction.length > digits) return decimal;
    return BigInt(whole + fraction.padEnd(digits, '0')).toString();
  }

  decimal(minor: string, currency: string): string {
    const digits = this.digits.get(currency) ?? 2;
    const padded = minor.padStart(digits + 1, '0');
    return digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
  }

  /** Equal as amounts: "5000000" and "5000000.00" are. */
  same(a: string, b: string, currency: string): boolean {
    return this.minor(a, currency) === this.minor(b, currency);
  }
}
