import { Anchor, Button, Skeleton, Title } from '@mantine/core';
import { IconLinkOff } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link as EntryLink, Session } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { linkQuery, sessionQuery } from '../../api/queries';
import { Notice } from '../../components/Notice';
import { problemWords } from '../../components/problemWords';
import { Brand } from '../../layout/Brand';
import { LanguageSwitch } from '../../layout/LanguageSwitch';
import { formatInstant } from '../../lib/days';
import { AcceptForm } from '../settings/AcceptForm';
import { ApplyForm } from '../settings/ApplyForm';
import classes from '../settings/settings.module.css';

const route = getRouteApi('/links/$token');

/** Behind a link that lets somebody in once: join a colleague's organisation, choose a new password, or apply for a new one. */
export function LinkPage() {
  const { token } = route.useParams();
  const query = useQuery(linkQuery(token));
  const enter = useEnter();
  if (query.isPending)
    return (
      <Frame>
        <Skeleton height={280} radius="lg" />
      </Frame>
    );
  if (!query.data)
    return (
      <Frame>
        <Unusable error={query.error} onRetry={() => void query.refetch()} />
      </Frame>
    );
  return (
    <Frame wide={query.data.kind === 'ONBOARD'}>
      <SignedInAs />
      <Welcome link={query.data} />
      {query.data.kind === 'ONBOARD' ? (
        <ApplyForm token={token} link={query.data} onIn={enter} />
      ) : (
        <AcceptForm token={token} link={query.data} onIn={enter} />
      )}
    </Frame>
  );
}

function Frame({ children, wide }: { children: ReactNode; wide?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.linkPage}>
      <header className={classes.linkHead}>
        <Brand size={28} />
        <span>{t('common.brand')}</span>
        <span className={classes.linkLanguage}>
          <LanguageSwitch />
        </span>
      </header>
      <main className={wide ? classes.linkWide : classes.linkNarrow}>{children}</main>
    </div>
  );
}

function Welcome({ link }: { link: EntryLink }) {
  const { t, i18n } = useTranslation();
  const invitedBy = link.invitedBy ?? t('session.link.somebody');
  const organisation = link.organisationName ?? t('session.link.yourOrganisation');
  const [title, words] = {
    INVITE: [
      t('session.link.invite', { organisation }),
      t('session.link.inviteWords', { invitedBy, email: link.email }),
    ],
    RESET: [t('session.link.reset'), t('session.link.resetWords', { email: link.email })],
    ONBOARD: [t('session.link.apply', { organisation }), t('session.link.applyWords', { invitedBy })],
  }[link.kind];
  return (
    <div className={classes.linkWelcome}>
      <Title order={1}>{title}</Title>
      <p>{words}</p>
      <p className={classes.fine}>{t('session.link.until', { when: formatInstant(link.expiresAt, i18n.language) })}</p>
    </div>
  );
}

/** Whoever opens a link while signed in becomes the other person; say so before, not after. */
function SignedInAs() {
  const { t } = useTranslation();
  const { data } = useQuery(sessionQuery);
  if (!data) return null;
  return (
    <Notice
      tone="wait"
      title={t('operator.link.signedIn', { name: data.user.name, organisation: data.organisation.name })}
      words={t('operator.link.signedInWords')}
    />
  );
}

/** Used, expired, mistyped: the API tells none of them apart, so the way on is the same for all. */
function Unusable({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  const { t, i18n } = useTranslation();
  const problem = toProblem(error);
  const gone = problem.code === 'LINK_INVALID' || problem.code === 'NOT_FOUND' || problem.code === 'REQUEST_INVALID';
  const words = problemWords(problem, t, i18n.language);
  return (
    <div className={classes.linkGone}>
      <span className={classes.linkGoneIcon} aria-hidden>
        <IconLinkOff size={24} stroke={1.6} />
      </span>
      <Title order={1}>{gone ? t('operator.link.gone') : words.what}</Title>
      {gone ? (
        <ul>
          <li>{t('operator.link.goneUsed')}</li>
          <li>{t('operator.link.goneExpired')}</li>
          <li>{t('operator.link.goneCut')}</li>
        </ul>
      ) : (
        <p>{words.next}</p>
      )}
      {gone && <p>{t('operator.link.goneNext')}</p>}
      {gone ? (
        <Anchor component={Link} to="/sign-in">
          {t('operator.link.toSignIn')}
        </Anchor>
      ) : (
        <Button variant="default" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}

function useEnter(): (session: Session) => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (session) => {
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, session);
    void navigate({ to: '/', replace: true });
  };
}
