import { Radio, Stack, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/PageHeader';
import { languageOf } from '../../i18n';
import classes from './settings.module.css';

/** Language and colours of this browser; nothing of it leaves it. */
export function AppearanceSection() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Section title={t('settings.appearance.language')}>
        <div className={classes.card}>
          <Radio.Group
            aria-label={t('settings.appearance.language')}
            value={languageOf(i18n.language)}
            onChange={(language) => void i18n.changeLanguage(language)}
          >
            <Stack gap="xs">
              <Radio value="en" label="English" lang="en" />
              <Radio value="zh" label="中文" lang="zh-CN" />
            </Stack>
          </Radio.Group>
        </div>
      </Section>
      <Section title={t('settings.appearance.look')}>
        <div className={classes.card}>
          <Radio.Group
            aria-label={t('settings.appearance.look')}
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme === 'light' || scheme === 'dark' ? scheme : 'auto')}
          >
            <Stack gap="xs">
              {(['light', 'dark', 'auto'] as const).map((scheme) => (
                <Radio key={scheme} value={scheme} label={t(`nav.${scheme}`)} />
              ))}
            </Stack>
          </Radio.Group>
        </div>
      </Section>
    </>
  );
}
