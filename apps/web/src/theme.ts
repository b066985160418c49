import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Shade 7 carries white text on white paper (7.3:1); dark mode uses shade 6 (5.2:1). */
const teal: MantineColorsTuple = ['#edf7f6', '#d7ecea', '#aed9d5', '#82c5bf', '#5cb3ab', '#2f938b', '#167a74', '#0b5f5c', '#094d4b', '#063b3a'];
const gray: MantineColorsTuple = ['#f7f8f8', '#f0f2f2', '#e5e8e9', '#d5dadc', '#b6bec1', '#8f999d', '#667176', '#4b555a', '#2d353a', '#14191c'];
const dark: MantineColorsTuple = ['#e4e9ea', '#b9c2c5', '#98a3a7', '#5f6b70', '#2f383c', '#232b2e', '#1a2124', '#12181a', '#0d1213', '#090d0e'];

const system = '"Inter", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, -apple-system, "Segoe UI", sans-serif';

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, gray, dark },
  black: '#14191c',
  fontFamily: system,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  headings: {
    fontFamily: system,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '10px', xl: '14px' },
  shadows: {
    sm: '0 1px 2px rgba(16, 24, 28, .06)',
    md: '0 4px 14px rgba(16, 24, 28, .10)',
    xl: '0 18px 48px rgba(16, 24, 28, .18)',
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } },
    TextInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: { defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 140 }, overlayProps: { backgroundOpacity: 0.18 } } },
  },
});

/** Surfaces and meanings as variables, so that light and dark are one style sheet. All text pairs reach 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--hw-topbar': '52px' },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#5a656a',
    '--mantine-color-placeholder': '#6b767b',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0b5f5c',
    '--hw-rail': '#f7f8f8',
    '--hw-card': '#ffffff',
    '--hw-line': '#e5e8e9',
    '--hw-hover': '#f6f9f9',
    '--hw-selected': '#edf7f6',
    '--hw-accent': '#0b5f5c',
    '--hw-chart-1': '#0b5f5c',
    '--hw-chart-2': '#82c5bf',
    '--hw-chart-3': '#b6bec1',
    '--hw-neutral-bg': '#eff1f2', '--hw-neutral-fg': '#465055',
    '--hw-info-bg': '#e3f1f0', '--hw-info-fg': '#0a5552',
    '--hw-good-bg': '#e4f4e8', '--hw-good-fg': '#1c6434',
    '--hw-wait-bg': '#fdf1d8', '--hw-wait-fg': '#7a4b00',
    '--hw-bad-bg': '#fce8e6', '--hw-bad-fg': '#9d1f18',
  },
  dark: {
    '--mantine-color-body': '#12181a',
    '--mantine-color-dimmed': '#98a3a7',
    '--mantine-color-placeholder': '#8a959a',
    '--mantine-color-error': '#f28b82',
    '--mantine-color-anchor': '#7fcac3',
    '--hw-rail': '#0d1213',
    '--hw-card': '#161d20',
    '--hw-line': '#283134',
    '--hw-hover': '#1a2225',
    '--hw-selected': '#13292a',
    '--hw-accent': '#6fc3bb',
    '--hw-chart-1': '#4fa9a1',
    '--hw-chart-2': '#235f5b',
    '--hw-chart-3': '#4b565b',
    '--hw-neutral-bg': '#252e31', '--hw-neutral-fg': '#c0c9cc',
    '--hw-info-bg': '#123435', '--hw-info-fg': '#8ed5cd',
    '--hw-good-bg': '#163322', '--hw-good-fg': '#8fd6a6',
    '--hw-wait-bg': '#3a2c10', '--hw-wait-fg': '#edc374',
    '--hw-bad-bg': '#42201e', '--hw-bad-fg': '#f5a9a2',
  },
});
