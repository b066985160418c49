import { useTranslation } from 'react-i18next';
import type { Organisation } from '../api/generated';
import { Notice } from '../components/Notice';

/** Says plainly what an organisation that is not (or no longer) admitted can do, and who has the next move. */
export function StandingNotice({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const { name, state } = organisation;
  if (state === 'ADMITTED') return null;
  if (state === 'REFUSED')
    return <Notice tone="bad" title={t('nav.refused.title', { name })} words={t('nav.refused.words')} />;
  if (state === 'SUSPENDED')
    return <Notice tone="bad" title={t('nav.suspended.title', { name })} words={t('nav.suspended.words')} />;
  return <Notice tone="wait" title={t('nav.waiting.title')} words={t('nav.waiting.words', { name })} />;
}
