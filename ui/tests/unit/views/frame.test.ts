import { tick } from 'svelte';
import { expect, it, vi } from 'vitest';

import { all, at, click, first, headlineIs, open, press, screen, waitFor } from '../../app';

it('the tray and notifications can open any place', async () => {
  const { backend } = open('attention', '#/overview');
  await headlineIs('2 things need you');
  backend.emit('navigate', '#/accounts/work/replace-token');
  await screen.findByText('Replace the token of work');
  backend.emit('navigate', '#/nowhere');
  await headlineIs('2 things need you');
});

it('keys lead to the views, and ? lists them', async () => {
  open('data', '#/overview');
  await first('nav-overview');
  press('g');
  press('a');
  await first('account-add');
  press('?');
  expect((await first('keys-dialog')).textContent).toContain('Repositories');
});

it('a key is one of the place that the keys before it led to, however fast they are typed', async () => {
  open('data', '#/overview');
  await first('headline');
  press('g');
  press('c');
  await tick();
  press('/');
  expect(document.activeElement).toBe(at('filter-text'));
});

it('a profile is chosen only where there are several', async () => {
  open('data', '#/overview');
  await first('commit-row');
  expect(all('profile-select')).toEqual([]);
});

it('another profile is asked for everything, and is remembered', async () => {
  const { backend } = open('profiles', '#/commits');
  const select = (await first('profile-select')) as HTMLSelectElement;
  select.value = 'client-north';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await waitFor(() => {
    const last = backend.calls.filter(({ name }) => name === 'walk_commits').at(-1);
    expect(last?.params).toMatchObject({ profile: 'client-north' });
  });
  expect(localStorage.getItem('pdt.profile')).toBe('client-north');
});

it('a remembered profile that is gone gives way to one that is there', async () => {
  localStorage.setItem('pdt.profile', 'gone');
  const { session } = open('data', '#/overview');
  await waitFor(() => expect(session.profile).toBe('default'));
});

it('closing without a tray is a question with three answers', async () => {
  const { backend } = open('data', '#/overview');
  await first('headline');
  const answers = () =>
    backend.calls.filter(({ name }) => name === 'choose_closing').map(({ params }) => params);
  backend.emit('ask_closing', null);
  expect((await first('closing-dialog')).textContent).toContain('start PDT again');
  at('closing-dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
  await waitFor(() => expect(all('closing-dialog'), 'Esc keeps the window').toEqual([]));
  expect(answers()).toEqual([]);
  backend.emit('ask_closing', null);
  await click('closing-stay');
  await waitFor(() => expect(answers()).toEqual([{ choice: 'stay' }]));
  backend.emit('ask_closing', null);
  await click('closing-quit');
  await waitFor(() => expect(answers()).toEqual([{ choice: 'stay' }, { choice: 'quit' }]));
});

it('after a gap in time everything that is shown is read again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const { backend } = open('data', '#/overview');
  await headlineIs('Everything is up to date, checked 3 minutes ago.');
  const before = backend.calls.length;
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(10_000);
  await waitFor(() => {
    const asked = backend.calls.slice(before).map(({ name }) => name);
    for (const name of ['live', 'status', 'attention', 'repositories', 'overview'])
      expect(asked).toContain(name);
  });
});

it('a change reads again only what is shown', async () => {
  const { backend } = open('data', '#/accounts');
  await first('account-row');
  const before = backend.calls.length;
  backend.emit('changed', null);
  await waitFor(() => expect(backend.calls.length).toBeGreaterThan(before));
  const asked = backend.calls.slice(before).map(({ name }) => name);
  expect(asked).not.toContain('commits');
  expect(asked, 'a service is asked only by a person').not.toContain('available_repositories');
});
