import { remember, remembered } from '../data/remembered';
import type { Session } from '../data/session.svelte';
import { themeOf, type Theme } from '../words/settings';

const REMEMBERED = 'pdt.theme';

/** Has the window look light or dark. As the system has it, no attribute is needed: the styles ask by themselves. */
export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
}

/** How this window looked the last time; the settings are read only after it has begun to draw. */
export const rememberedTheme = (): Theme => themeOf(remembered(REMEMBERED) ?? 'system');

/** Follows the setting, a choice on its way included, while the component that calls this is there. */
export function followTheme({ preferences }: Session): void {
  $effect(() => preferences.settings.watch());
  $effect(() => {
    const { reading } = preferences.settings;
    if (reading.kind !== 'data') return;
    const theme = themeOf(preferences.shown('theme', reading.value.theme).value);
    applyTheme(theme);
    remember(REMEMBERED, theme);
  });
}
