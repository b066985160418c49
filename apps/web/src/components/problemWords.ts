import type { TFunction } from 'i18next';
import type { ApiProblem } from '../api/problem';
import { en } from '../i18n/en';
import { formatMinor } from '../lib/money';

type Code = keyof typeof en.errors;
const known = (code: string): code is Code => Object.hasOwn(en.errors, code);

/** What was refused and what to do next, in the reader's language; a code we do not know keeps the API's own sentence. */
export function problemWords(problem: ApiProblem, t: TFunction, locale = 'en'): { what: string; next: string } {
  if (!known(problem.code))
    return { what: problem.detail || t('errors.INTERNAL.what'), next: t('errors.INTERNAL.next') };
  const what = t(`errors.${problem.code}.what`);
  const extra = figures(problem.details, t, locale);
  return { what: extra ? `${what} ${extra}` : what, next: t(`errors.${problem.code}.next`) };
}

/** The actual and the allowed value, where the refusal names them. */
function figures(details: Readonly<Record<string, unknown>>, t: TFunction, locale: string): string {
  const currency = typeof details.currency === 'string' ? details.currency : undefined;
  const available = details.available ?? details.availableMinor ?? details.free;
  if (currency && typeof available === 'string' && /^\d+$/.test(available)) {
    return t('common.availableIs', { amount: `${formatMinor(available, currency, locale)} ${currency}` });
  }
  if (typeof details.field === 'string') return t('common.fieldIs', { field: details.field });
  return '';
}
