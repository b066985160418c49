import { useQuery } from '@tanstack/react-query';
import type { CreditLimit, FinancingRequest } from '../../api/generated';
import { balancesQuery, limitsQuery } from '../../api/queries';
import { isMore } from '../../lib/money';

export interface Room {
  limit: CreditLimit | undefined;
  /** Cash in the request's currency that nothing else has been promised from. */
  cash: string;
  known: boolean;
  /** The free limit covers the request as it stands. */
  enough: boolean;
}

/** The bank's own limit and cash for a request. A limit names its buyers, which is how the request finds its own. */
export function useRoom(request: FinancingRequest): Room {
  const limits = useQuery(limitsQuery);
  const balances = useQuery(balancesQuery);
  const { currency } = request.payable.face;
  const limit = limits.data?.find(
    (candidate) => candidate.currency === currency && candidate.buyers.includes(request.payable.buyer.name),
  );
  const cash = balances.data?.find((balance) => balance.currency === currency)?.available ?? '0';
  const enough = limit !== undefined && !isMore(request.units, limit.available);
  return { limit, cash, known: limits.data !== undefined && balances.data !== undefined, enough };
}
