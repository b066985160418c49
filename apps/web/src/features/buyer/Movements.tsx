import { useTranslation } from 'react-i18next';
import type { Movement } from '../../api/generated';
import { Money } from '../../components/Money';
import { Instant } from '../../components/When';
import classes from './buyer.module.css';

/** The way of a payable through its tiers, oldest first: what moved, from whom to whom, how much, when. */
export function Movements({ movements, currency }: { movements: readonly Movement[]; currency: string }) {
  const { t } = useTranslation();
  if (movements.length === 0) return <div className="hw-dim">{t('common.none')}</div>;
  // The list only ever grows at its end, so the place of a step is its name.
  const steps = movements.map((movement, place) => ({ key: `step-${place}`, movement }));
  return (
    <ol className={classes.movements}>
      {steps.map(({ key, movement }) => (
        <li key={key}>
          <span>
            <strong>{t(`states.movement.${movement.kind}`)}</strong>
            <span className={classes.sub}> {[movement.from?.name, movement.to?.name].filter(Boolean).join(' → ')}</span>
          </span>
          <Money value={{ minor: movement.units, currency }} />
          <span className={classes.sub}>
            <Instant at={movement.occurredAt} />
          </span>
        </li>
      ))}
    </ol>
  );
}
