/** A bank's limit on an obligor group and currency, all in minor units. */
export interface LimitFigures {
  readonly limit: bigint;
  /** Carried on the register: unclaimed units held. */
  readonly utilised: bigint;
  /** Promised by open quotes. */
  readonly blocked: bigint;
}

/** What may still be quoted. Never below zero: a limit may be lowered under what is carried already. */
export function availableLimit({ limit, utilised, blocked }: LimitFigures): bigint {
  const available = limit - utilised - blocked;
  return available > 0n ? available : 0n;
}
