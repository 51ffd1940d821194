import { afterEach, expect, it } from 'vitest';

import { settings } from '../../../src/lib/backend/fixtures/settings';
import { rememberedTheme } from '../../../src/lib/frame/theme.svelte';
import { first, open, waitFor } from '../../app';

const theme = () => document.documentElement.dataset.theme;

afterEach(() => delete document.documentElement.dataset.theme);

it('a theme is followed at once, and remembered for the next window', async () => {
  const { backend } = open('data', '#/settings');
  const select = (await first('setting-theme')) as HTMLSelectElement;
  expect(theme(), 'the styles ask the system by themselves').toBeUndefined();
  backend.world.delay = 50;
  select.value = 'dark';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await waitFor(() => expect(theme()).toBe('dark'));
  expect(backend.world.settings.theme.value, 'it does not wait for the answer').toBe('system');
  await waitFor(() => expect(backend.world.settings.theme.value).toBe('dark'));
  expect(rememberedTheme()).toBe('dark');
});

it('a theme that PDT does not take is taken back', async () => {
  const failing = {
    change_setting: { code: 'storage', message: 'The database is locked.', hint: null },
  } as const;
  open('data', '#/settings', { failing });
  const select = (await first('setting-theme')) as HTMLSelectElement;
  select.value = 'light';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  expect((await first('form-error')).textContent).toContain('The database is locked.');
  expect(theme()).toBeUndefined();
});

it('a theme that was chosen elsewhere is followed in every view, and cannot be chosen here', async () => {
  const { backend } = open('environment', '#/accounts');
  await waitFor(() => expect(theme()).toBe('dark'));
  backend.world.settings = settings({ theme: 'light' });
  backend.emit('changed', null);
  await waitFor(() => expect(theme()).toBe('light'));
});

it('what is remembered and is no theme is the system', () => {
  localStorage.setItem('pdt.theme', 'neon');
  expect(rememberedTheme()).toBe('system');
});
