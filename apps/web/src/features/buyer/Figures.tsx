import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Money } from '../../components/Money';
import classes from './buyer.module.css';

export interface FigureItem {
  label: string;
  /** Amounts by currency, or a plain number. */
  amounts?: readonly { minor: string; currency: string }[];
  value?: ReactNode;
  note?: ReactNode;
  /** A figure somebody has to act on. */
  bad?: boolean;
  to?: { to: string; search?: Readonly<Record<string, string>> };
}

/** The few numbers a page begins with, side by side; each leads to the list behind it. */
export function Figures({ items, pending, label }: { items: readonly FigureItem[]; pending?: boolean; label: string }) {
  return (
    <ul className={classes.figures} aria-label={label}>
      {items.map((item) => (
        <li key={item.label} className={classes.figure}>
          <div className={classes.figureLabel}>
            {item.to ? (
              <Link to={item.to.to} search={(item.to.search ?? {}) as never} className={classes.figureLink}>
                {item.label}
              </Link>
            ) : (
              item.label
            )}
          </div>
          {pending ? <Skeleton height={22} width={120} mt={6} /> : <Value item={item} />}
          {!pending && item.note && (
            <div className={item.bad ? classes.figureBad : classes.figureNote}>{item.note}</div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Value({ item }: { item: FigureItem }) {
  if (item.value !== undefined) return <div className={classes.figureValue}>{item.value}</div>;
  if (!item.amounts || item.amounts.length === 0) return <div className={classes.figureValue}>0</div>;
  return (
    <>
      {item.amounts.map((amount, index) => (
        <div key={amount.currency} className={index === 0 ? classes.figureValue : classes.figureMore}>
          <Money value={amount} />
        </div>
      ))}
    </>
  );
}
