import { useTranslation } from 'react-i18next';
import { toProblem } from '../../api/problem';
import { Money } from '../../components/Money';
import { problemWords } from '../../components/problemWords';
import classes from './bank.module.css';
import { PriceRows } from './PriceRows';
import type { QuoteDraft } from './useQuoteDraft';

/** The price as the API makes it, beside the fields; it keeps its height while it is asked again. */
export function PricePreview({ draft, currency }: { draft: QuoteDraft; currency: string }) {
  const { t, i18n } = useTranslation();
  const { data: price, error } = draft.preview;
  const refused = error && !draft.stale ? problemWords(toProblem(error), t, i18n.language) : undefined;
  return (
    <div className={classes.price} data-stale={draft.stale || undefined} aria-live="polite">
      <div className={classes.priceHead}>
        <strong>{t('bank.request.preview')}</strong>
        {price && draft.typed && !refused && (
          <span className={classes.big}>
            <Money value={{ minor: price.proceeds, currency }} />
          </span>
        )}
      </div>
      {refused && (
        <div style={{ color: 'var(--hw-bad-fg)', marginTop: 6 }}>
          {refused.what} {refused.next}
        </div>
      )}
      {!refused && price && draft.typed && <PriceRows price={price} currency={currency} />}
      {!refused && !(price && draft.typed) && <div className={classes.sub}>{t('bank.request.previewEmpty')}</div>}
      {!refused && price && draft.typed && <div className={classes.dim}>{t('bank.request.dayCount')}</div>}
    </div>
  );
}
