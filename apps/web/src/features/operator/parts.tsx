import { SegmentedControl } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberRole } from '../../api/generated';
import { usePatchSearch } from '../../components/useList';
import classes from './operator.module.css';

/** Small parts of the operator's pages. */

export function Roles({ roles }: { roles: readonly MemberRole[] }) {
  const { t } = useTranslation();
  return (
    <span className={classes.roles}>
      {roles.map((role) => (
        <span key={role} className={classes.role}>
          {t(`states.memberRole.${role}`)}
        </span>
      ))}
    </span>
  );
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

export interface Figure {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  bad?: boolean;
}

export function FigureRow({ items, label }: { items: readonly Figure[]; label: string }) {
  return (
    <ul className={classes.figures} aria-label={label}>
      {items.map((item) => (
        <li key={item.label} className={classes.figure}>
          <div className={classes.figureLabel}>{item.label}</div>
          <div className={classes.figureValue} data-bad={item.bad || undefined}>
            {item.value}
          </div>
          {item.note && <div className={classes.figureNote}>{item.note}</div>}
        </li>
      ))}
    </ul>
  );
}

interface TabsProps {
  label: string;
  value: string | undefined;
  /** '' stands for no filter. */
  options: readonly { value: string; label: string }[];
}

export function StateTabs({ label, value, options }: TabsProps) {
  const patch = usePatchSearch();
  return (
    <div className={classes.tabs}>
      <SegmentedControl
        aria-label={label}
        value={value ?? ''}
        onChange={(state) => patch({ state: state || undefined, open: undefined })}
        data={[...options]}
      />
    </div>
  );
}
