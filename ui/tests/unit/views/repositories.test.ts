import { describe, expect, it } from 'vitest';

import { run } from '../../../src/lib/backend/fixtures/sample';
import { all, at, click, first, open, type, waitFor, within } from '../../app';

const rowOf = (name: string) => all('repo-row').find(({ dataset }) => dataset.repository === name);

describe('the repositories', () => {
  it('have their state in words', async () => {
    const { backend } = open('attention', '#/repositories');
    await first('repo-row');
    expect(rowOf('acme/infra')?.textContent).toContain('no access');
    expect(rowOf('platform/gateway')?.textContent).toContain('failed');
    expect(rowOf('acme/api')?.textContent).toContain('ok');
    const reading = [
      { id: 1, name: 'acme/api', branch: 'main', branches_done: 0, branches_of: 3, commits: 5 },
    ];
    backend.emit('live', { jira: null, commits: run({ of: 7, reading }) });
    await waitFor(() => expect(rowOf('acme/api')?.textContent).toContain('reading now'));
    expect(rowOf('acme/api')?.textContent).toContain('branch 1 of 3 · 5 commits');
  });

  it('say what to do about one that is lost', async () => {
    open('attention', '#/repositories/3');
    const detail = await first('repo-detail');
    expect(detail.textContent).toContain('no such repository');
    expect(detail.textContent).toContain('If it moved, remove it here');
  });

  it('are added by address, and a refusal stands at the field', async () => {
    open('data', '#/repositories');
    await type('repo-url', 'somewhere');
    await click('repo-add');
    expect((await first('form-error')).textContent).toContain('Write it as https://HOST/OWNER/NAME.');
    await type('repo-url', 'https://github.com/acme/docs');
    await click('repo-add');
    await waitFor(() => expect(rowOf('acme/docs')).toBeTruthy());
    expect(all('form-error')).toEqual([]);
  });

  it('are removed after a dialog has said what is deleted', async () => {
    const { session } = open('data', '#/repositories/1');
    await click('repo-remove');
    const dialog = (await first('dialog-confirm')).closest('dialog') as HTMLElement;
    await waitFor(() => expect(dialog.textContent).toContain('412 commits and 3 links made by hand'));
    within(dialog).getByTestId('dialog-confirm').click();
    await waitFor(() => expect(rowOf('acme/api')).toBeUndefined());
    await waitFor(() => expect(session.router.route.rest).toEqual([]));
  });
});

describe('choosing repositories', () => {
  const choose = async (name: string) => {
    await first('available-row');
    const row = all('available-row').find(({ dataset }) => dataset.repository === name);
    within(row as HTMLElement)
      .getByTestId('available-check')
      .click();
  };

  it('tracks many at once and goes back to the list', async () => {
    const { session } = open('data', '#/repositories/choose');
    await choose('acme/docs');
    await choose('acme/mobile');
    expect(at('track-chosen').textContent).toContain('Track 2 repositories');
    await click('track-chosen');
    await waitFor(() => expect(session.router.route.rest).toEqual([]));
    expect(rowOf('acme/docs') && rowOf('acme/mobile')).toBeTruthy();
  });

  it('tells each outcome where one of many could not be added', async () => {
    open('data', '#/repositories/choose');
    await choose('acme/docs');
    await choose('mira-k/notes');
    await click('track-chosen');
    await waitFor(() => {
      const fates = all('available-row').map(({ dataset }) => dataset.fate);
      expect(fates.filter(Boolean).sort()).toEqual(['failed', 'tracked']);
    });
    const failed = all('available-row').find(({ dataset }) => dataset.fate === 'failed');
    expect(failed?.textContent).toContain('was not found');
  });

  it('narrows the list by every word', async () => {
    open('data', '#/repositories/choose');
    await first('available-row');
    await type('available-search', 'tools lint');
    await waitFor(() => expect(all('available-row')).toHaveLength(1));
  });
});

it.each([
  ['empty', 'empty-state', 'No repository is tracked'],
  ['failed', 'error-panel', 'cannot be opened'],
] as const)('%s: %s', async (fixture, testid, words) => {
  open(fixture, '#/repositories');
  expect((await first(testid)).textContent).toContain(words);
});

it('with no account, choosing begins with connecting one', async () => {
  open('empty', '#/repositories/choose');
  expect((await first('empty-state')).textContent).toContain('Connect an account');
});
