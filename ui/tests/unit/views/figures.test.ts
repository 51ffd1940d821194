import { describe, expect, it } from 'vitest';

import { all, at, click, first, headlineIs, open, press, screen, waitFor, within } from '../../app';

const words = (element: HTMLElement) => element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const params = (backend: { calls: { name: string; params: unknown }[] }, of: string) =>
  backend.calls.filter(({ name }) => name === of).map((call) => call.params);

describe('the figures of Overview', () => {
  it('are read at once, and each has its sentence', async () => {
    const { backend } = open('month', '#/overview');
    const days = await first('commit-days');
    expect(params(backend, 'overview')).toEqual([{ profile: 'default', days: 30 }]);
    expect(words(days)).toMatch(/\d+ commits in 30 days.*; .* today\./);
    expect(words(at('card-statuses'))).toContain('9 cards in 6 statuses.');
    expect(words(at('linked-share'))).toMatch(/\d+ % of \d+ commits in 30 days/);
    expect(words(at('sprint-state'))).toContain('10 of 33 points done');
    await waitFor(() => expect(within(at('sprint-state')).getByRole('img')).toBeTruthy());
  });

  it('have no burndown that could not be read again', async () => {
    const { backend } = open('month', '#/overview');
    await waitFor(() => expect(within(at('sprint-state')).getByRole('img')).toBeTruthy());
    backend.world.failing = { burndown: { code: 'storage', message: 'The database is locked.', hint: null } };
    backend.emit('changed', null);
    await waitFor(() => expect(words(at('sprint-state'))).toContain('The burndown could not be read again.'));
    expect(within(at('sprint-state')).queryByRole('img')).toBeNull();
  });

  it('tell each day to a screen reader, and lead to its commits', async () => {
    open('month', '#/overview');
    await first('day');
    const days = all('day');
    expect(days).toHaveLength(30);
    const today = days.at(-1);
    expect(today?.getAttribute('aria-label')).toMatch(/^\w{3} \d+ \w{3}, today: /);
    const day = today?.dataset.day ?? '';
    expect(today?.getAttribute('href')).toBe(`#/commits?since=${day}&until=${day}`);
  });

  it('are one stop of the keyboard, in which arrows go from day to day', async () => {
    open('month', '#/overview');
    await first('day');
    const stops = () => all('day').filter((day) => day.tabIndex === 0);
    expect(stops()).toEqual([all('day')[29]]);
    all('day')[29]?.focus();
    press('ArrowLeft');
    expect(document.activeElement).toBe(all('day')[28]);
    await waitFor(() => expect(stops()).toEqual([all('day')[28]]));
    press('Home');
    expect(document.activeElement).toBe(all('day')[0]);
  });

  it('are a table for who wants one', async () => {
    open('month', '#/overview');
    const days = await first('commit-days');
    expect(within(days).queryByRole('table')).toBeNull();
    const [fold] = within(days).getAllByTestId('show-table');
    fold?.click();
    const table = await within(days).findByRole('table');
    expect(within(table).getAllByRole('row')).toHaveLength(31);
    expect(within(table).getByRole('columnheader', { name: 'All' })).toBeTruthy();
  });

  it('lead to the commits without a card', async () => {
    const { session } = open('month', '#/overview');
    await click('review-unlinked');
    await waitFor(() => expect(session.router.route.view).toBe('commits'));
    expect(session.router.route.query.get('unlinked')).toBe('1');
    expect(session.router.route.query.get('since')).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('say nothing of Jira where none is connected, and nothing of commits where none are read', async () => {
    open('no-jira', '#/overview');
    await first('commit-days');
    expect([...all('linked-share'), ...all('sprint-state'), ...all('card-statuses')]).toEqual([]);
  });

  it('are those of Jira alone where no repository is tracked', async () => {
    open('jira-only', '#/overview');
    await first('sprint-state');
    expect([...all('commit-days'), ...all('linked-share')]).toEqual([]);
  });

  it('say that a month was quiet, and that a first sync goes on', async () => {
    open('quiet', '#/overview');
    expect(words(await first('commit-days'))).toContain('No commits in 30 days.');
    expect(within(at('commit-days')).queryByTestId('show-table')).toBeNull();
  });

  it('do not call it quiet before anything was read', async () => {
    open('first-day', '#/overview');
    expect(words(await first('commit-days'))).toContain('The first sync is going on');
  });

  it('fail by themselves, and are tried again', async () => {
    const { backend } = open('figures-failed', '#/overview');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    expect(words(await first('error-panel'))).toContain('The database is locked.');
    expect(all('repository-state').length, 'the rest is there').toBeGreaterThan(0);
    backend.world.failing = {};
    await click('try-again');
    await first('commit-days');
  });

  it('show what services call things as text', async () => {
    open('hostile-names', '#/overview');
    const days = await first('commit-days');
    expect(days.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(document.querySelector('main img, main script')).toBeNull();
  });
});

describe('what passes by itself', () => {
  it('is said, and is nobody’s task', async () => {
    open('rate-limited', '#/overview');
    await waitFor(() =>
      expect(at('headline').textContent).toMatch(/^A service asks PDT to wait, next try in 4\d min$/),
    );
    expect(words(at('attention-item'))).toContain('PDT goes on by itself after that.');
    expect(screen.queryByRole('region', { name: 'What needs you' })).toBeNull();
  });
});

describe('the burndown of a sprint', () => {
  it('opens in its header, and the address keeps it open', async () => {
    const { backend, session } = open('data', '#/board');
    await click('burndown-toggle');
    const burndown = await first('burndown');
    expect(words(burndown)).toContain('34 points when it began, 28 left: 10 done, 5 added, 1 taken out');
    expect(params(backend, 'burndown')).toEqual([{ profile: 'default', sprint: 42, account: 'jira' }]);
    expect(session.router.route.query.get('burndown')).toBe('1');
    await click('card-row');
    await first('card-detail');
    expect(all('burndown'), 'it stays beside a card').toHaveLength(1);
    await click('burndown-toggle');
    await waitFor(() => expect(all('burndown')).toEqual([]));
  });

  it('has its changes as a table, the latest first, with the cards', async () => {
    open('data', '#/board?burndown=1');
    await first('burndown');
    await click('show-table');
    const [latest] = await screen.findAllByTestId('burndown-change');
    expect(words(latest as HTMLElement)).toMatch(/CORE-325.*reopened\s*\+3\s*28$/);
    expect(
      within(latest as HTMLElement)
        .getByRole('link')
        .getAttribute('href'),
    ).toBe('#/board/CORE-325?sprint=42&account=jira');
  });

  it('says that it is not complete', async () => {
    open('burndown-restless', '#/board?burndown=1');
    expect(words(await first('burndown'))).toContain('The history of some cards is not complete yet');
    await click('show-table');
    expect(await screen.findAllByTestId('burndown-change'), 'not hundreds at once').toHaveLength(50);
  });

  it('says why there is none', async () => {
    open('data', '#/board?sprint=41&account=jira&burndown=1');
    expect(words(await first('burndown'))).toContain('too little of this sprint');
  });
});

describe('the cards of a sprint', () => {
  it('are found by text and by who has them', async () => {
    const { session } = open('data', '#/board?text=the&assignee=Jonas+Wei%C3%9F');
    await first('card-row');
    const keys = () => all('card-row').map(({ dataset }) => dataset.key);
    expect(keys()).toEqual(['OPS-9', 'WEB-204']);
    await click('card-row');
    await first('card-detail');
    expect(session.router.route.query.get('text'), 'the filter stays').toBe('the');
    await click('clear-board');
    await waitFor(() => expect(keys()).toHaveLength(10));
    expect(session.router.route.query.has('assignee')).toBe(false);
  });

  it('are looked for in vain with words that say so', async () => {
    open('data', '#/board?text=nothing-has-this');
    expect(words(await first('empty-state'))).toContain('No card of this sprint has that');
  });

  it('are reached among thousands of sprints by typing', async () => {
    const { session } = open('huge-board', '#/board');
    const field = (await first('sprint-select')) as HTMLInputElement;
    field.focus();
    await waitFor(() => expect(all('sprint-option').length).toBeGreaterThan(1));
    field.value = 'old 1999';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await waitFor(() => expect(all('sprint-option')).toHaveLength(1));
    press('Enter');
    await waitFor(() => expect(session.router.route.query.get('sprint')).toBe('6999'));
    await waitFor(() => expect(all('sprint-option')).toEqual([]));
    expect(document.activeElement, 'the field keeps the focus').toBe(at('sprint-select'));
    press('ArrowDown');
    await waitFor(() => expect(all('sprint-option').length).toBeGreaterThan(1));
  });
});

describe('the history of a card', () => {
  it('stands below its days, and tells how long it was where', async () => {
    open('data', '#/board/CORE-318');
    const times = await first('status-times');
    expect(words(times)).toMatch(/To do 1[67] days.*In progress 2 days.*In review 3 hours, and is there now/);
  });

  it('without end is cut', async () => {
    open('huge-board', '#/board/CORE-1');
    await first('change-row');
    expect(all('change-row')).toHaveLength(50);
    expect(at('more-changes').textContent).toContain('of 10,000');
  });

  it('has links only to connected hosts', async () => {
    const { backend } = open('data', '#/board/CORE-318', {
      details: {
        'CORE-318': {
          description: 'See https://acme.atlassian.net/browse/A-1, not https://example.org/x.',
        },
      },
    });
    const text = await first('card-description');
    await waitFor(() => expect(within(text).getAllByRole('button')).toHaveLength(1));
    expect(text.textContent).toBe('See https://acme.atlassian.net/browse/A-1, not https://example.org/x.');
    within(text).getByRole('button').click();
    const url = 'https://acme.atlassian.net/browse/A-1';
    await waitFor(() => expect(params(backend, 'open_link')).toEqual([{ profile: 'default', url }]));
  });
});
