import { SegmentedControl } from '@mantine/core';
import { usePatchSearch } from '../../components/useList';
import classes from './buyer.module.css';

interface Props {
  label: string;
  value: string | undefined;
  /** '' stands for no filter. */
  options: readonly { value: string; label: string }[];
}

/** The few views of a list that people switch between all day; the choice lives in the address bar as `state`. */
export function StateTabs({ label, value, options }: Props) {
  const patch = usePatchSearch();
  return (
    <div className={classes.tabs}>
      <SegmentedControl
        aria-label={label}
        value={options.some((option) => option.value === value) ? value : ''}
        onChange={(state) => patch({ state: state || undefined, open: undefined })}
        data={[...options]}
      />
    </div>
  );
}
