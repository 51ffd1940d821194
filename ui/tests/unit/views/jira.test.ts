import { describe, expect, it } from 'vitest';

import { jiraReading, jiraRun } from '../../../src/lib/backend/fixtures/jira';
import { all, at, click, first, headlineIs, open, screen, waitFor, within } from '../../app';

const panel = (loop: string) => all('loop-panel').find(({ dataset }) => dataset.loop === loop) as HTMLElement;
const line = (loop: string) => all('loop-line').find(({ dataset }) => dataset.loop === loop) as HTMLElement;

describe('the Jira loop', () => {
  it('says quietly that nothing is connected, with one way in', async () => {
    open('no-jira', '#/overview');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    expect(panel('jira').textContent).toContain('No Jira account is connected.');
    expect(within(panel('jira')).getByRole('link').getAttribute('href')).toBe('#/accounts/add?service=jira');
    expect(within(panel('jira')).queryByTestId('loop-sync')).toBeNull();
    expect(line('jira').textContent).toContain('not connected');
  });

  it('is all there is where only Jira is connected', async () => {
    open('jira-only', '#/overview');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    expect(panel('commits').textContent).toContain('No repository is tracked.');
    expect(line('commits').textContent).toContain('none tracked');
  });

  it('tells how far it is by boards, then by sprints, and what is read', async () => {
    const { backend } = open('data', '#/overview');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    const tell = (change: Parameters<typeof jiraRun>[0]) =>
      backend.emit('live', { commits: null, jira: jiraRun(change) });
    tell({ boards_done: 7, boards_of: 11, reading: [jiraReading({ board: 'Platform' })] });
    await headlineIs('Syncing 7 of 11 boards');
    expect(at('jira-progress').getAttribute('aria-valuenow')).toBe('7');
    expect(at('jira-progress').getAttribute('aria-valuemax')).toBe('11');
    expect(panel('jira').textContent).toContain('Reading the sprints of Platform');
    expect(line('jira').textContent).toContain('7 of 11 boards');
    tell({
      boards_done: 11,
      boards_of: 11,
      sprints_done: 1,
      sprints_of: 3,
      changed_cards: 2,
      reading: [jiraReading({ sprint: 'Sprint 42', cards: 38 })],
      failed: [{ name: 'board Warehouse', error: 'refused (403)' }],
    });
    await headlineIs('Syncing 1 of 3 sprints');
    expect(at('jira-progress').getAttribute('aria-valuemax')).toBe('3');
    expect(panel('jira').textContent).toContain('Reading Sprint 42, 38 cards · 2 changed cards so far');
    expect(panel('jira').textContent).toContain('Not read: board Warehouse: refused (403).');
    backend.emit('live', { commits: null, jira: null });
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
  });

  it('says nothing of a run of another profile', async () => {
    const { backend } = open('profiles', '#/overview');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    backend.emit('live', { commits: null, jira: jiraRun({ profile: 'client-north', boards_of: 3 }) });
    await new Promise((done) => setTimeout(done));
    expect(all('jira-progress')).toEqual([]);
  });

  it('is never drawn as complete when it was partial, and what needs the person leads to the board', async () => {
    open('jira-failed', '#/overview');
    await headlineIs('One thing needs you');
    expect(screen.getByText('The last sync of Jira was partial, 3 minutes ago.')).toBeTruthy();
    expect(panel('jira').dataset.outcome).toBe('partial');
    expect(panel('jira').textContent).toContain('Jira refused it (403).');
    expect(at('attention-action').textContent).toBe('Show board');
    expect(at('attention-action').getAttribute('href')).toBe('#/board');
  });

  it('is synced alone, or with the other', async () => {
    const { backend } = open('data', '#/overview');
    const asked = () => backend.calls.filter(({ name }) => name === 'sync').map(({ params }) => params);
    await first('loop-panel');
    within(panel('jira')).getByTestId('loop-sync').click();
    await waitFor(() => expect(at('sync-result').textContent).toBe('2 new and 5 changed cards'));
    within(panel('commits')).getByTestId('loop-sync').click();
    await waitFor(() => expect(at('sync-result').textContent).toBe('4 new commits in 1 repository'));
    await click('sync-now');
    await waitFor(() => expect(at('sync-result').textContent).toContain(' · '));
    expect(asked()).toEqual(['jira', 'commits', 'both'].map((what) => ({ profile: 'default', what })));
  });

  it('that had nothing to do is not spoken of where the other had', async () => {
    open('no-jira', '#/overview');
    await click('sync-now');
    await waitFor(() => expect(at('sync-result').textContent).toBe('4 new commits in 1 repository'));
  });

  it('shows how far active sprints are, and leads to them', async () => {
    open('data', '#/overview');
    const sprint = await first('sprint-state');
    expect(sprint.textContent).toContain('10 of 33 points done');
    const [name] = within(sprint).getAllByRole('link');
    expect(name?.getAttribute('href')).toBe('#/board?sprint=42&account=jira');
  });
});

describe('the first run with Jira alone', () => {
  it('has nothing to choose, and ends when Jira was read', async () => {
    open('jira-new', '#/overview');
    expect((await first('first-run')).dataset.step).toBe('sync');
    expect(at('first-run').textContent).toContain('Nothing to choose');
    await click('sync-now');
    const finish = await first('finish-first-run');
    expect(screen.getByText('2 new and 5 changed cards')).toBeTruthy();
    finish.click();
    await headlineIs('Everything is up to date, checked just now.');
  });
});
