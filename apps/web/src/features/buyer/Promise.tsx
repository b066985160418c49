import { IconCheck, IconClockHour4, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Invoice } from '../../api/generated';
import { colleaguesQuery } from '../../api/queries';
import { useMoneyText } from '../../components/Money';
import { Notice } from '../../components/Notice';
import { Instant } from '../../components/When';
import { formatDay } from '../../lib/days';
import { useMe } from '../session/me';
import classes from './buyer.module.css';
import { isOwn } from './rights';

type Kind = 'toPromise' | 'title' | 'given';

/** What the buyer binds itself to, in a sentence a person can read before pressing anything. */
export function PromiseWords({ invoice, dueDay, kind }: { invoice: Invoice; dueDay: string; kind: Kind }) {
  const { t, i18n } = useTranslation();
  const money = useMoneyText();
  return (
    <section className={classes.promise}>
      <h3>{t(`buyer.promise.${kind}`)}</h3>
      <p>
        {t('buyer.promise.words', {
          buyer: invoice.buyer.name,
          amount: money(invoice.amount.minor, invoice.amount.currency),
          day: formatDay(dueDay, i18n.language),
        })}
      </p>
      <ul>
        <li>{t('buyer.promise.irrevocable')}</li>
        <li>{t('buyer.promise.holder', { seller: invoice.seller.name })}</li>
      </ul>
    </section>
  );
}

/** Who has looked and who still has to: two people stand behind every decision. */
export function FourEyes({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation();
  const decision = invoice.decision;
  if (invoice.state === 'WITHDRAWN') return null;
  return (
    <section className={classes.eyes} aria-label={t('buyer.eyes.title')}>
      <div className={classes.eye}>
        <div className={classes.eyeRole}>
          {decision ? <IconCheck size={14} aria-hidden /> : <IconClockHour4 size={14} aria-hidden />}
          {t('buyer.eyes.maker')}
        </div>
        {decision ? (
          <>
            <div className={classes.eyeName}>{decision.maker}</div>
            <div className={classes.todoWords}>
              {t(decision.decision === 'CONFIRM' ? 'buyer.eyes.proposesConfirm' : 'buyer.eyes.proposesReject')}
            </div>
            <div className={classes.todoWords}>
              <Instant at={decision.proposedAt} />
            </div>
          </>
        ) : (
          <div className={classes.todoWords}>{t('buyer.eyes.open')}</div>
        )}
      </div>
      <div className={classes.eye}>
        <div className={classes.eyeRole}>
          {decision?.checker ? <IconCheck size={14} aria-hidden /> : <IconUser size={14} aria-hidden />}
          {t('buyer.eyes.checker')}
        </div>
        {decision?.checker ? (
          <>
            <div className={classes.eyeName}>{decision.checker}</div>
            {decision.decidedAt && (
              <div className={classes.todoWords}>
                <Instant at={decision.decidedAt} />
              </div>
            )}
          </>
        ) : (
          <div className={classes.todoWords}>{t('buyer.eyes.open')}</div>
        )}
      </div>
    </section>
  );
}

/** Tells the person who proposed why the next button is not theirs, and whose it is. */
export function OwnProposalNotice({ invoice }: { invoice: Invoice }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { data } = useQuery(colleaguesQuery);
  if (!me || !isOwn(invoice, me.session, data?.items)) return null;
  const checkers = (data?.items ?? [])
    .filter((user) => user.id !== me.session.user.id && user.roles.includes('CHECKER'))
    .map((user) => user.name);
  const names = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(checkers);
  const who =
    checkers.length > 0
      ? t('buyer.eyes.ownNames', { names })
      : data
        ? t('buyer.eyes.noChecker', { organisation: me.session.organisation.name })
        : '';
  return <Notice tone="wait" title={t('buyer.eyes.own')} words={`${t('buyer.eyes.ownWords')} ${who}`} />;
}
