import { useQuery } from '@tanstack/react-query';
import { balancesQuery, metaQuery } from '../../api/queries';
import { useMe } from '../session/me';

/** The currencies whose deposit money this settlement bank issues; only in those can it book what came in. */
export function useIssuedCurrencies(): string[] {
  const me = useMe();
  const { data: balances } = useQuery(balancesQuery);
  const { data: meta } = useQuery(metaQuery);
  const name = me?.session.organisation.name;
  const own = (balances ?? []).filter((balance) => balance.settlementBank === name).map((balance) => balance.currency);
  return own.length > 0 ? own : (meta?.currencies.map(({ code }) => code) ?? ['CNY']);
}
