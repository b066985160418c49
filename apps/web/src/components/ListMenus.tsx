import { ActionIcon, Button, Checkbox, Group, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconBookmark, IconColumns3, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './DataTable';
import { usePatchSearch } from './useList';
import type { usePrefs } from './usePrefs';

type Prefs = ReturnType<typeof usePrefs>;

/** Which columns to see. The first one opens the row and stays. */
export function ColumnsMenu<T>({ columns, prefs }: { columns: readonly Column<T>[]; prefs: Prefs }) {
  const { t } = useTranslation();
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconColumns3 size={15} aria-hidden />}>
          {t('common.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          {columns
            .slice(1)
            .filter((column) => !column.exportOnly)
            .map((column) => (
              <Checkbox
                key={column.id}
                size="xs"
                label={column.header}
                checked={prefs.hidden[column.id] !== false}
                onChange={() => prefs.toggle(column.id)}
              />
            ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Filters under a name, one click away. */
export function ViewsMenu({ search, prefs }: { search: Readonly<Record<string, string | undefined>>; prefs: Prefs }) {
  const { t } = useTranslation();
  const patch = usePatchSearch();
  const [name, setName] = useState('');
  const filters = Object.entries(search).flatMap(([key, value]) =>
    value && key !== 'open' ? [[key, value] as const] : [],
  );
  const cleared = Object.fromEntries(Object.keys(search).map((key) => [key, undefined]));
  const save = () => {
    if (!name.trim()) return;
    prefs.addView({ name: name.trim().slice(0, 40), search: Object.fromEntries(filters) });
    setName('');
  };
  return (
    <Popover position="bottom-end" shadow="md" width={280} trapFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconBookmark size={15} aria-hidden />}>
          {t('common.views')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {prefs.views.length === 0 && (
          <Text size="sm" c="dimmed" mb="xs">
            {t('common.viewNone')}
          </Text>
        )}
        {prefs.views.map((view) => (
          <Group key={view.name} justify="space-between" wrap="nowrap" mb={6}>
            <UnstyledButton fz="sm" onClick={() => patch({ ...cleared, ...view.search })}>
              {view.name}
            </UnstyledButton>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('common.viewRemove', { name: view.name })}
              onClick={() => prefs.removeView(view.name)}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Group gap={6} wrap="nowrap" align="flex-end">
          <TextInput
            flex={1}
            label={t('common.viewName')}
            size="xs"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && save()}
          />
          <Button size="xs" variant="default" disabled={!name.trim()} onClick={save}>
            {t('common.viewSave')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
