import { Kbd, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../components/Dialogs';

export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const rows: [string[], string][] = [
    [['/'], t('common.keys.search')],
    [['↑', '↓'], t('common.keys.rows')],
    [['Enter'], t('common.keys.open')],
    [['Esc'], t('common.keys.close')],
    [['Alt', '1–9'], t('common.keys.go')],
    [['?'], t('common.keys.help')],
  ];
  return (
    <Dialog opened={opened} onClose={onClose} title={t('common.keys.title')}>
      <Table verticalSpacing={8} withRowBorders={false}>
        <Table.Tbody>
          {rows.map(([keys, words]) => (
            <Table.Tr key={words}>
              <Table.Td w={130}>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{words}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
