import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invoice, Session, User } from '../../api/generated';
import { useMe } from '../session/me';
import classes from './buyer.module.css';

/**
 * Whether the signed-in person proposed the decision that is open. The API names the maker, not its id, so where two
 * colleagues share a name this answers no and leaves the refusal to the API, which knows.
 */
export function isOwn(
  invoice: Pick<Invoice, 'decision' | 'state'>,
  session: Session | undefined,
  colleagues: readonly User[] = [],
): boolean {
  if (!session || invoice.state !== 'PROPOSED' || invoice.decision?.maker !== session.user.name) return false;
  return colleagues.filter((user) => user.name === session.user.name).length <= 1;
}

/** The signed-in person's roles in words, for an explanation. */
export function useRoleWords(): string {
  const { t, i18n } = useTranslation();
  const roles = useMe()?.session.user.roles ?? [];
  const words = roles.map((role) => t(`states.userRole.${role}`));
  return new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(words) || t('common.none');
}

/** Why a button is not there. */
export function Why({ children }: { children: ReactNode }) {
  return (
    <span className={classes.why}>
      <IconLock size={14} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
