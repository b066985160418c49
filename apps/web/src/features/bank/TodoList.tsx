import { Button, Skeleton } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { Section } from '../../components/PageHeader';
import classes from './bank.module.css';
import type { Todo } from './todos';

/** More than this and the list itself is the better place. */
const MOST = 6;

export function TodoList({ todos, pending }: { todos: readonly Todo[]; pending: boolean }) {
  const { t } = useTranslation();
  const more = todos.length - MOST;
  return (
    <Section
      title={t('home.todo')}
      aside={more > 0 && <span className={classes.dim}>{t('home.chart.more', { count: more })}</span>}
    >
      {pending && <Skeleton height={228} />}
      {!pending && todos.length === 0 && (
        <EmptyState icon={IconCircleCheck} title={t('home.todoNone')} words={t('bank.home.nothingWords')} />
      )}
      {!pending && todos.length > 0 && (
        <ul className={classes.todo}>
          {todos.slice(0, MOST).map((todo) => (
            <li key={todo.key}>
              <span className={classes.todoIcon} data-tone={todo.tone} aria-hidden>
                <todo.icon size={16} stroke={1.8} />
              </span>
              <div className={classes.todoText}>
                <div className={classes.todoTitle}>{todo.title}</div>
                <div className={classes.todoWords}>{todo.words}</div>
              </div>
              <Button
                component={Link}
                to={todo.to}
                search={(todo.open ? { open: todo.open } : {}) as never}
                size="compact-sm"
                variant="default"
                aria-label={`${todo.verb}: ${todo.title}`}
              >
                {todo.verb}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
