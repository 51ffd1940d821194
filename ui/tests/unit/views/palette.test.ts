import { expect, it } from 'vitest';

import { all, at, click, first, open, press, screen, type, waitFor } from '../../app';

const call = (change: Partial<KeyboardEventInit> = {}) =>
  window.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true, ...change }),
  );
const labels = () => all('palette-item').map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim());

it('Ctrl K, Cmd K and the button in the rail call the palette, and Ctrl K closes it', async () => {
  open('data', '#/overview');
  call();
  await first('palette');
  call();
  await waitFor(() => expect(all('palette')).toEqual([]));
  call({ ctrlKey: false, metaKey: true });
  await first('palette');
  call();
  await waitFor(() => expect(all('palette')).toEqual([]));
  await click('palette-open');
  await first('palette');
});

it('it leads to views, and what was used last stands first', async () => {
  const { session } = open('data', '#/overview');
  call();
  await type('palette-text', 'repos');
  await waitFor(() => expect(labels()[0]).toContain('Repositories'));
  at('palette-text').focus();
  press('Enter');
  await waitFor(() => expect(session.router.route.view).toBe('repositories'));
  expect(all('palette')).toEqual([]);
  call();
  await waitFor(() => expect(labels()[0]).toContain('Repositories'));
});

it('it finds cards by their words, and offers to look for commits', async () => {
  const { session } = open('data', '#/overview');
  call();
  await type('palette-text', 'invoices');
  await screen.findByText('PAY-77');
  expect(labels().at(-1)).toBe('Commits with “invoices”');
  all('palette-item').at(-1)?.click();
  await waitFor(() => expect(session.router.route.view).toBe('commits'));
  expect(session.router.route.query.get('text')).toBe('invoices');
});

it('arrows choose, and the field says which is chosen', async () => {
  open('data', '#/overview');
  call();
  (await first('palette-text')).focus();
  const chosen = () =>
    document.getElementById(at('palette-text').getAttribute('aria-activedescendant') ?? '');
  await waitFor(() => expect(chosen()?.textContent).toContain('Overview'));
  press('ArrowDown');
  await waitFor(() => expect(chosen()?.textContent).toContain('Commits'));
  expect(chosen()?.getAttribute('aria-selected')).toBe('true');
});

it('it pauses and resumes, and shows the list of keys', async () => {
  const { backend } = open('data', '#/overview');
  call();
  await type('palette-text', 'pause hour');
  await click('palette-item');
  await waitFor(() => expect(backend.calls.at(-1)?.name).toBeTruthy());
  expect(backend.calls.some(({ name }) => name === 'pause')).toBe(true);
  call();
  await type('palette-text', 'keys');
  await click('palette-item');
  expect((await first('keys-dialog')).textContent).toContain('Search, and do anything');
});

it('it syncs what is asked for', async () => {
  const { backend } = open('data', '#/overview');
  call();
  await type('palette-text', 'sync jira');
  await click('palette-item');
  const sync = backend.calls.find(({ name }) => name === 'sync');
  expect(sync?.params).toMatchObject({ what: 'jira' });
});

it('what went wrong with a command is said in every view', async () => {
  const failing = { sync: { code: 'storage', message: 'The database is locked.', hint: null } } as const;
  const { session } = open('data', '#/accounts', { failing });
  expect((await first('command-problem')).textContent).toBe('');
  await session.sync.start(session.profile, 'both');
  await waitFor(() => expect(at('command-problem').textContent).toBe('The database is locked.'));
  session.router.go('#/overview');
  await waitFor(() => expect(at('command-problem').textContent, 'the heading says it there').toBe(''));
});
