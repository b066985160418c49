import { Button, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../api/generated';
import { ApiProblem } from '../../api/problem';
import { Notice, ProblemNotice } from '../../components/Notice';
import { Facts, Figure, Panel, PanelSection } from '../../components/Panel';
import { StateBadge } from '../../components/StateBadge';
import { Instant } from '../../components/When';
import { useMe } from '../session/me';
import type { Decision } from './OrganisationsPage';
import { Roles, Why } from './parts';

interface Props {
  organisation: Organisation | undefined;
  opened: boolean;
  pending: boolean;
  decides: boolean;
  onClose: () => void;
  onDecide: (decision: Decision) => void;
}

export function OrganisationPanel({ organisation, opened, pending, decides, onClose, onDecide }: Props) {
  const { t } = useTranslation();
  return (
    <Panel
      opened={opened}
      onClose={onClose}
      title={organisation?.name ?? t('operator.organisations.name')}
      actions={organisation && <Actions organisation={organisation} decides={decides} onDecide={onDecide} />}
    >
      {!organisation && pending && <Skeleton height={220} />}
      {!organisation && !pending && <ProblemNotice problem={new ApiProblem('NOT_FOUND', 404, '')} />}
      {organisation && <Body organisation={organisation} />}
    </Panel>
  );
}

function Actions({
  organisation,
  decides,
  onDecide,
}: Pick<Props, 'decides' | 'onDecide'> & { organisation: Organisation }) {
  const { t } = useTranslation();
  const me = useMe();
  if (organisation.state !== 'APPLIED') return null;
  if (!decides)
    return <Why>{t(me?.is('OPERATOR') ? 'operator.organisations.needMaker' : 'operator.organisations.readOnly')}</Why>;
  return (
    <>
      <Button onClick={() => onDecide({ step: 'admit', organisation })}>{t('operator.organisations.admit')}</Button>
      <Button variant="default" onClick={() => onDecide({ step: 'refuse', organisation })}>
        {t('operator.organisations.refuse')}
      </Button>
    </>
  );
}

function Body({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const { account } = organisation;
  return (
    <>
      <Figure aside={<StateBadge kind="organisation" state={organisation.state} />}>{organisation.name}</Figure>
      {organisation.state === 'APPLIED' && (
        <Notice
          tone="wait"
          title={t('operator.organisations.admitCheck')}
          words={`${organisation.name} · ${organisation.registryNumber} · ${organisation.country}`}
        />
      )}
      <Facts
        items={[
          [t('operator.organisations.registryNumber'), organisation.registryNumber],
          [t('operator.organisations.country'), organisation.country],
          [t('operator.organisations.roles'), <Roles key="r" roles={organisation.roles} />],
          [t('operator.organisations.group'), organisation.obligorGroup],
          [
            t('operator.organisations.account'),
            account ? `${account.holder}, ${account.number}` : t('operator.organisations.accountNone'),
          ],
          [t('operator.organisations.since'), <Instant key="s" at={organisation.createdAt} />],
        ]}
      />
      <PanelSection title={t('common.next')}>
        <span className="hw-dim">{t(`operator.organisations.next.${organisation.state}`)}</span>
      </PanelSection>
    </>
  );
}
