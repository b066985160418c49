import { useLocalStorage } from '@mantine/hooks';

export interface SavedView {
  name: string;
  search: Record<string, string>;
}

interface Prefs {
  hidden: Record<string, boolean>;
  views: SavedView[];
}

const EMPTY: Prefs = { hidden: {}, views: [] };

function isPrefs(value: unknown): value is Prefs {
  return (
    typeof value === 'object' && value !== null && 'hidden' in value && 'views' in value && Array.isArray(value.views)
  );
}

/** Column choice and saved views of one list, kept in this browser. What is stored there is checked, as anybody may have edited it. */
export function usePrefs(list: string) {
  const [prefs, setPrefs] = useLocalStorage<Prefs>({
    key: `headwater.list.${list}`,
    defaultValue: EMPTY,
    getInitialValueInEffect: false,
    deserialize: (text) => {
      try {
        const parsed: unknown = JSON.parse(text ?? '');
        return isPrefs(parsed) ? parsed : EMPTY;
      } catch {
        return EMPTY;
      }
    },
  });
  return {
    ...prefs,
    toggle: (column: string) =>
      setPrefs((before) => ({
        ...before,
        hidden: { ...before.hidden, [column]: !(before.hidden[column] ?? true) },
      })),
    addView: (view: SavedView) =>
      setPrefs((before) => ({
        ...before,
        views: [...before.views.filter(({ name }) => name !== view.name), view].slice(-12),
      })),
    removeView: (name: string) =>
      setPrefs((before) => ({ ...before, views: before.views.filter((view) => view.name !== name) })),
  };
}
