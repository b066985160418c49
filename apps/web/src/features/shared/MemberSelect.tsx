import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryEntry, MemberRole } from '../../api/generated';
import { directoryQuery } from '../../api/queries';
import { useMe } from '../session/me';

interface Props {
  label: string;
  placeholder?: string;
  /** Only organisations with this role. */
  having?: MemberRole;
  value: DirectoryEntry | undefined;
  onChange: (entry: DirectoryEntry | undefined) => void;
  error?: ReactNode;
  autoFocus?: boolean;
}

/** Finds a member of the network by name or registry number. One's own organisation is never offered. */
export function MemberSelect({ label, placeholder, having, value, onChange, error, autoFocus }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const [text, setText] = useState(value?.name ?? '');
  const [asked] = useDebouncedValue(text === value?.name ? '' : text.trim(), 200);
  const { data } = useQuery(directoryQuery(asked, having));
  const found = (data ?? []).filter((entry) => entry.id !== me?.session.organisation.id);
  const options = value && !found.some((entry) => entry.id === value.id) ? [value, ...found] : found;
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      searchValue={text}
      onSearchChange={setText}
      value={value?.id ?? null}
      onChange={(id) => onChange(options.find((entry) => entry.id === id))}
      data={options.map((entry) => ({ value: entry.id, label: entry.name }))}
      renderOption={({ option }) => {
        const entry = options.find((candidate) => candidate.id === option.value);
        return (
          <span>
            {option.label}
            <br />
            <span className="hw-dim" style={{ fontSize: 12 }}>
              {entry?.registryNumber}
            </span>
          </span>
        );
      }}
      filter={({ options: all }) => all}
      nothingFoundMessage={t('holdings.passNobody')}
      error={error}
      openOnFocus={false}
      data-autofocus={autoFocus || undefined}
      comboboxProps={{ withinPortal: true, shadow: 'md' }}
    />
  );
}
