import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../i18n';

/** One click to the other language, named in that language. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = languageOf(i18n.language) === 'en' ? 'zh' : 'en';
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => void i18n.changeLanguage(other)}
    >
      {other === 'zh' ? '中文' : 'English'}
    </Button>
  );
}
