import { describe, expect, it } from 'vitest';

import { at, all, click, first, headlineIs, open, screen, waitFor, within } from '../../app';
import { loop, run } from '../../../src/lib/backend/fixtures/sample';

describe('Overview', () => {
  it('begins with the answer, and what needs the person follows with its one button', async () => {
    open('attention', '#/overview');
    await headlineIs('2 things need you');
    const [broken, warning] = all('attention-item');
    expect(broken?.dataset.severity).toBe('broken');
    const button = within(broken as HTMLElement).getByTestId('attention-action');
    expect(button.textContent).toBe('Replace token');
    expect(button.getAttribute('href')).toBe('#/accounts/work/replace-token');
    expect(
      within(warning as HTMLElement)
        .getByTestId('attention-action')
        .getAttribute('href'),
    ).toBe('#/repositories/3');
    const [commits, jira] = all('loop-panel');
    expect(commits?.dataset.outcome, 'partial is never drawn as ok').toBe('partial');
    expect(jira?.dataset, 'each loop has its own').toMatchObject({ loop: 'jira', outcome: 'ok' });
  });

  it('shows the first four of many, and the others when asked', async () => {
    open('crowded', '#/overview');
    await headlineIs('12 things need you');
    expect(all('attention-item')).toHaveLength(4);
    screen.getByText('Show 8 more').click();
    await waitFor(() => expect(all('attention-item')).toHaveLength(12));
  });

  it('follows a run that goes on by itself', async () => {
    const { backend } = open('data', '#/overview');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    const reading = [
      { id: 4, name: 'acme/web', branch: 'main', branches_done: 0, branches_of: 2, commits: 0 },
    ];
    backend.emit('live', { jira: null, commits: run({ done: 3, of: 7, reading }) });
    await headlineIs('Syncing 3 of 7 repositories');
    expect(at('progress').getAttribute('aria-valuenow')).toBe('3');
    expect(at('progress').getAttribute('aria-valuemax')).toBe('7');
    expect(at('reading-row').textContent).toContain('branch 1 of 2');
    expect(all('loop-line')[0]?.textContent).toContain('3 of 7');
    backend.world.loop = loop({ last_sync: new Date().toISOString() });
    backend.emit('live', { jira: null, commits: null });
    backend.emit('changed', null);
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    backend.world.jiraLoop = backend.world.loop;
    backend.emit('changed', null);
    await headlineIs('Everything is up to date, checked just now.');
    expect(all('progress')).toEqual([]);
  });

  it('says nothing of a run of another profile', async () => {
    const { backend } = open('profiles', '#/overview');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    backend.emit('live', { jira: null, commits: run({ profile: 'client-north', of: 3 }) });
    await new Promise((done) => setTimeout(done));
    expect(at('headline').textContent).toContain('up to date');
    expect(all('progress')).toEqual([]);
  });

  it('asks for a sync once, and tells what it brought', async () => {
    const { backend } = open('data', '#/overview');
    await click('sync-now');
    await waitFor(() =>
      expect(at('sync-result').textContent).toBe('4 new commits in 1 repository · 2 new and 5 changed cards'),
    );
    expect(backend.calls.filter(({ name }) => name === 'sync')).toHaveLength(1);
    backend.emit('live', { jira: null, commits: run({ of: 7 }) });
    await waitFor(() => expect(at('sync-result').textContent, 'another run makes it old').toBe(''));
  });

  it('stops what runs', async () => {
    const { backend } = open('syncing', '#/overview');
    await click('stop-sync');
    await waitFor(() => expect(backend.calls.map(({ name }) => name)).toContain('stop_sync'));
  });

  it('says why a sync could not be started', async () => {
    const failing = { sync: { code: 'storage', message: 'The database is locked.', hint: null } } as const;
    open('data', '#/overview', { failing });
    await click('sync-now');
    await waitFor(() => expect(at('sync-result').textContent).toBe('The database is locked.'));
  });

  it('unlocks the keychain, and says so beside the button where that fails', async () => {
    const attention = [
      { id: 'k', severity: 'broken', title: 'Locked', detail: null, action: { kind: 'unlock_keychain' } },
    ];
    const failing = {
      unlock_keychain: { code: 'keychain', message: 'Nobody unlocked it.', hint: 'Try again.' },
    };
    open('data', '#/overview', { attention, failing } as Parameters<typeof open>[2]);
    await click('attention-action');
    await waitFor(() => expect(at('attention-item').textContent).toContain('Nobody unlocked it. Try again.'));
  });

  it('shows what was read before when reading again fails', async () => {
    const { backend } = open('data', '#/overview');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    backend.world.failing.attention = { code: 'storage', message: 'The database is locked.', hint: null };
    backend.emit('changed', null);
    expect((await first('error-panel')).textContent).toContain('The database is locked.');
    expect(all('commit-row').length).toBeGreaterThan(0);
  });

  it('shows new commits as they come', async () => {
    const { backend } = open('data', '#/overview');
    await first('commit-row');
    const [newest] = backend.world.commits;
    if (!newest) throw new Error('The fixture has commits.');
    backend.world.commits = [{ ...newest, sha: 'f'.repeat(40) }, ...backend.world.commits];
    backend.emit('changed', null);
    await waitFor(async () => expect((await first('commit-row')).dataset.sha).toBe('f'.repeat(40)));
  });
});

describe('the first run', () => {
  it('begins where nothing is connected, and can be skipped for good', async () => {
    const { session } = open('empty', '#/overview');
    expect((await first('first-run')).dataset.step).toBe('connect');
    await click('skip-first-run');
    await headlineIs('Nothing is tracked yet');
    session.router.go('#/accounts');
    await first('account-add');
    session.router.go('#/overview');
    await headlineIs('Nothing is tracked yet');
  });

  it.each([
    ['connected', 'choose'],
    ['tracked', 'sync'],
    ['first-sync', 'sync'],
  ] as const)('goes on where it was left: %s is at "%s"', async (fixture, step) => {
    open(fixture, '#/overview');
    expect((await first('first-run')).dataset.step).toBe(step);
  });

  it('stays until the person has seen what the first sync brought', async () => {
    open('tracked', '#/overview');
    await click('sync-now');
    const finish = await first('finish-first-run');
    expect(screen.getByText('4 new commits in 1 repository · 2 new and 5 changed cards')).toBeTruthy();
    finish.click();
    await headlineIs('Everything is up to date, checked just now.');
  });
});
