import { Skeleton } from '@mantine/core';

/** The shape of a page while its code arrives; the same heights as the real thing, so nothing jumps. */
export function PageSkeleton() {
  return (
    <div aria-hidden>
      <Skeleton height={28} width={180} mb={10} />
      <Skeleton height={14} width={320} mb={28} />
      <RowsSkeleton />
    </div>
  );
}

export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div aria-hidden>
      {Array.from({ length: rows }, (_, index) => `row ${index}`).map((row) => (
        <div
          key={row}
          style={{ display: 'flex', gap: 24, padding: '13px 8px', borderBottom: '1px solid var(--hw-line)' }}
        >
          <Skeleton height={14} width="22%" />
          <Skeleton height={14} width="28%" />
          <Skeleton height={14} width="14%" />
          <Skeleton height={14} width="12%" ml="auto" />
        </div>
      ))}
    </div>
  );
}

export function ChartSkeleton() {
  return <Skeleton height={292} radius="lg" aria-hidden />;
}
