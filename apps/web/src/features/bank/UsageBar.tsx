import { useTranslation } from 'react-i18next';
import type { CreditLimit } from '../../api/generated';
import { Money } from '../../components/Money';
import { addMinor, formatRate, isMore, isZero, permille, remaining } from '../../lib/money';
import classes from './bank.module.css';

interface Props {
  limit: CreditLimit;
  /** What a request in hand would take, shown hatched beside what is in use already. */
  extra?: string;
  /** Two figures a line, where there is little height. */
  inline?: boolean;
}

/** Everything of a limit that is spoken for. */
export const inUse = (limit: CreditLimit): string => addMinor(limit.utilised, limit.blocked);

/** Share of the limit in use, in millionths; a limit of nothing is full. */
export function useShare(limit: CreditLimit): string {
  const { i18n } = useTranslation();
  const used = BigInt(inUse(limit));
  const whole = BigInt(limit.limit);
  const ppm = whole === 0n ? (used === 0n ? 0n : 1_000_000n) : (used * 1_000_000n) / whole;
  return formatRate(Number(ppm), i18n.language, 1);
}

/** The limit as one bar. The figures beside it say the same in words, so the bar itself is not read out. */
export function UsageBar({ limit, extra = '0' }: Props) {
  const taken = addMinor(inUse(limit), extra);
  // Where more is in use than allowed, the bar is filled by what is in use.
  const whole = isMore(taken, limit.limit) ? taken : limit.limit;
  const width = (part: string) => ({ width: `${permille(part, whole) / 10}%`, minWidth: isZero(part) ? 0 : 3 });
  return (
    <div className={classes.bar} aria-hidden>
      {!isZero(limit.utilised) && <span className={classes.used} style={width(limit.utilised)} />}
      {!isZero(limit.blocked) && <span className={classes.blocked} style={width(limit.blocked)} />}
      {!isZero(extra) && <span className={classes.mine} style={width(extra)} />}
    </div>
  );
}

/** The same as words and figures; every colour of the bar has its name here. */
export function UsageLegend({ limit, extra, inline }: Props) {
  const { t } = useTranslation();
  const left = remaining(limit.available, extra ?? '0');
  const lines = [
    { key: 'used', words: t('bank.limit.utilised'), hint: t('bank.limit.utilisedHint'), minor: limit.utilised },
    { key: 'blocked', words: t('bank.limit.blocked'), hint: t('bank.limit.blockedHint'), minor: limit.blocked },
    ...(extra ? [{ key: 'mine', words: t('bank.limit.thisOne'), hint: undefined, minor: extra }] : []),
    { key: 'free', words: t('bank.limit.available'), hint: undefined, minor: left },
  ] as const;
  return (
    <ul className={`${classes.legend} ${inline ? classes.inline : ''}`}>
      {lines.map((line) => (
        <li key={line.key}>
          <span className={classes.key} title={line.hint}>
            <span className={`${classes.dot} ${classes[line.key]}`} aria-hidden />
            {line.words}
          </span>
          <Money value={{ minor: line.minor, currency: limit.currency }} />
        </li>
      ))}
    </ul>
  );
}
