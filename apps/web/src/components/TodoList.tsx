import { Skeleton } from '@mantine/core';
import { IconChevronRight, IconCircleCheck, type TablerIcon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Tone } from '../lib/states';
import classes from './TodoList.module.css';

export interface Todo {
  id: string;
  icon: TablerIcon;
  tone: Tone;
  title: string;
  words?: string;
  to: string;
  search?: Readonly<Record<string, string>>;
}

/** A home shows this many; the lists behind it have the rest. */
const SHOWN = 6;

/** What waits for this person, the most pressing first. Each line leads to the one place where it is done. */
export function TodoList({ items, pending }: { items: readonly Todo[]; pending: boolean }) {
  const { t } = useTranslation();
  if (pending) return <Skeleton height={120} />;
  if (items.length === 0) {
    return (
      <div className={classes.none}>
        <IconCircleCheck size={20} aria-hidden />
        <div>
          <strong>{t('home.todoNone')}</strong> <span className="hw-dim">{t('home.todoNoneWords')}</span>
        </div>
      </div>
    );
  }
  return (
    <>
      <ul className={classes.list}>
        {items.slice(0, SHOWN).map((item) => (
          <li key={item.id}>
            <Link className={classes.item} to={item.to} search={(item.search ?? {}) as never}>
              <span className={`${classes.icon} ${classes[item.tone]}`} aria-hidden>
                <item.icon size={17} stroke={1.8} />
              </span>
              <span className={classes.text}>
                <span className={classes.title}>{item.title}</span>
                {item.words && <span className={classes.words}>{item.words}</span>}
              </span>
              <IconChevronRight size={16} aria-hidden className={classes.go} />
            </Link>
          </li>
        ))}
      </ul>
      {items.length > SHOWN && (
        <div className="hw-dim" style={{ fontSize: 12.5, marginTop: 8 }}>
          {t('home.chart.more', { count: items.length - SHOWN })}
        </div>
      )}
    </>
  );
}
