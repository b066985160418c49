import { ActionIcon, Anchor, Skeleton, Table } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RegisterStatus } from '../../api/generated';
import { toProblem } from '../../api/problem';
import { registerStatusQuery } from '../../api/queries';
import { Notice, ProblemNotice } from '../../components/Notice';
import { PageHeader, Section } from '../../components/PageHeader';
import { Facts } from '../../components/Panel';
import { Instant } from '../../components/When';
import classes from './operator.module.css';
import { FigureRow } from './parts';

/** The machinery behind the books: the one page that speaks of blocks, hashes and addresses. */
export function RegisterPage() {
  const { t } = useTranslation();
  const { data, error } = useQuery(registerStatusQuery);
  return (
    <>
      <PageHeader title={t('operator.register.title')} words={t('operator.register.words')} />
      {error && <ProblemNotice problem={toProblem(error)} />}
      {!data && !error && <Skeleton height={320} radius="lg" />}
      {data && <Status status={data} />}
    </>
  );
}

// long: one page in reading order; every step of it is one component
function Status({ status }: { status: RegisterStatus }) {
  const { t } = useTranslation();
  const { head, indexed, queue } = status;
  const lag = Math.max(0, head.number - indexed.number);
  return (
    <>
      <div aria-live="polite">
        <Verdict status={status} lag={lag} />
      </div>
      <FigureRow
        label={t('operator.register.title')}
        items={[
          { label: t('operator.register.head'), value: head.number, note: <Instant at={head.time} /> },
          { label: t('operator.register.indexed'), value: indexed.number, note: t('operator.register.readAgain') },
          { label: t('operator.register.lag'), value: t('operator.register.lagBlocks', { count: lag }), bad: lag > 5 },
          {
            label: t('operator.register.waiting'),
            value: queue.waiting,
            note:
              queue.waiting > 0 ? (
                `${t('operator.register.oldest')}: ${t('operator.register.seconds', { count: queue.oldestSeconds })}`
              ) : (
                <ToOperations />
              ),
          },
          {
            label: t('operator.register.failed'),
            value: queue.failed,
            bad: queue.failed > 0,
            note: <ToOperations failed />,
          },
        ]}
      />
      <Section title={t('operator.register.contracts')}>
        <Contracts contracts={status.contracts} />
      </Section>
      <Section title={t('operator.register.chain')}>
        <div className={classes.card}>
          <Facts
            items={[
              [
                t('operator.register.chainId'),
                <span key="c" className={classes.mono}>
                  {status.chainId}
                </span>,
              ],
              [t('operator.register.headTime'), <Instant key="t" at={head.time} />],
              [
                t('operator.register.headHash'),
                <span key="h" className={classes.mono}>
                  {head.hash}
                </span>,
              ],
              [
                t('operator.register.indexedHash'),
                <span key="i" className={classes.mono}>
                  {indexed.hash}
                </span>,
              ],
            ]}
          />
        </div>
      </Section>
    </>
  );
}

function ToOperations({ failed }: { failed?: boolean }) {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/operator/operations" search={(failed ? { state: 'FAILED' } : {}) as never} fz={12.5}>
      {t('operator.register.toOperations')}
    </Anchor>
  );
}

function Verdict({ status, lag }: { status: RegisterStatus; lag: number }) {
  const { t } = useTranslation();
  if (status.halted)
    return (
      <Notice tone="bad" title={t('operator.register.halted')} words={status.halted}>
        {t('operator.register.haltedNext')}
      </Notice>
    );
  if (lag > 0)
    return (
      <Notice
        tone="wait"
        title={t('operator.register.behind', { count: lag })}
        words={t('operator.register.behindWords')}
      />
    );
  return (
    <Notice
      tone="good"
      title={t('operator.register.healthy')}
      words={t('operator.register.healthyWords', { block: status.indexed.number })}
    />
  );
}

function Contracts({ contracts }: { contracts: RegisterStatus['contracts'] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.card} style={{ paddingBlock: 6 }}>
      <Table verticalSpacing={8} horizontalSpacing={0} fz={13.5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('operator.register.contract')}</Table.Th>
            <Table.Th>{t('operator.register.address')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {contracts.map((contract) => (
            <Table.Tr key={contract.address}>
              <Table.Td pr={16}>{contract.name}</Table.Td>
              <Table.Td>
                <Address name={contract.name} address={contract.address} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Address({ name, address }: { name: string; address: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <span className={classes.address}>
      <span className={classes.mono}>{address}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('operator.register.copyAddress', { name })}
        onClick={() => clipboard.copy(address)}
      >
        {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </span>
  );
}
