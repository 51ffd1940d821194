import { describe, expect, it } from 'vitest';

import { card } from '../../../src/lib/backend/fixtures/jira';
import { room } from '../../setup';
import { all, at, click, first, open, press, screen, waitFor, within } from '../../app';

const column = (category: string) =>
  all('board-column').find(({ dataset }) => dataset.category === category) as HTMLElement;
const keysOf = (category: string) =>
  within(column(category))
    .queryAllByTestId('card-row')
    .map(({ dataset }) => dataset.key);
const rowOf = (key: string) => all('card-row').find(({ dataset }) => dataset.key === key) as HTMLElement;

const params = (backend: { calls: { name: string; params: unknown }[] }, of: string) =>
  backend.calls.filter(({ name }) => name === of).map((call) => call.params);

async function choose(value: string) {
  const select = (await first('sprint-select')) as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('the board', () => {
  it('opens with the first active sprint, its cards in columns by what their status means', async () => {
    const { backend } = open('data', '#/board');
    await first('card-row');
    expect(params(backend, 'cards')).toEqual([
      { profile: 'default', query: { sprint: 42, account: 'jira' } },
    ]);
    expect(keysOf('in_progress')).toEqual(['CORE-318', 'CORE-325', 'OPS-9']);
    expect(rowOf('CORE-318').textContent, 'the real status stands on the card').toContain('In review');
    expect(rowOf('CORE-318').textContent).toContain('8 points');
    expect(rowOf('OPS-12').textContent).toContain('nobody');
    const header = at('sprint-header');
    for (const words of [
      'Sprint 42',
      '5 days left',
      'goes on where it was',
      '3 of 9 cards done, 10 of 33 points',
    ])
      expect(header.textContent).toContain(words);
  });

  it('says in words that a card is gone, and does not count it', async () => {
    open('data', '#/board');
    await first('card-row');
    expect(rowOf('CORE-290').dataset.removed).toBe('deleted');
    expect(rowOf('CORE-290').textContent).toContain('deleted');
    expect(keysOf('todo').at(-1), 'behind the others').toBe('CORE-290');
    expect(within(column('todo')).getByRole('heading').textContent).toContain('3');
  });

  it('shows another sprint when it is chosen, and the address says so', async () => {
    const { backend, session } = open('sites', '#/board');
    await first('card-row');
    await choose('42 client');
    await waitFor(() =>
      expect(all('card-row').map(({ dataset }) => dataset.key)).toEqual(['STOCK-4', 'CORE-318']),
    );
    expect(params(backend, 'cards').at(-1)).toMatchObject({ query: { sprint: 42, account: 'client' } });
    expect(Object.fromEntries(session.router.route.query)).toEqual({ sprint: '42', account: 'client' });
    const groups = [...at('sprint-select').querySelectorAll('optgroup')].map(({ label }) => label);
    expect(groups).toEqual(['Active', 'Planned', 'Closed', 'Other']);
    await choose('none');
    await waitFor(() => expect(all('card-row').map(({ dataset }) => dataset.key)).toEqual(['DOCK-8']));
  });

  it('shows a hundred cards of a column, and more when asked', async () => {
    open('many-cards', '#/board');
    await first('card-row');
    expect(keysOf('todo')).toHaveLength(100);
    within(column('todo')).getByTestId('more-cards').click();
    await waitFor(() => expect(keysOf('todo')).toHaveLength(200));
    expect(within(column('todo')).getByRole('heading').textContent, 'all are counted').toContain('412');
  });

  it('says that the last sync was partial, and why', async () => {
    open('jira-failed', '#/board');
    await first('card-row');
    const words = document.querySelector('main')?.textContent?.replace(/\s+/g, ' ');
    expect(words).toContain('The last sync was partial, 3 minutes ago');
    expect(words).toContain('Board Warehouse could not be read: Jira refused it (403).');
  });

  it('follows what is synced', async () => {
    const { backend } = open('data', '#/board');
    await first('card-row');
    backend.world.cards = [card('NEW-1', 'Just made'), ...backend.world.cards];
    backend.emit('changed', null);
    await waitFor(() => expect(keysOf('todo')[0]).toBe('NEW-1'));
  });

  it('is reached and walked by keyboard', async () => {
    const { session } = open('data', '#/overview');
    await first('nav-board');
    press('g');
    press('b');
    await first('card-row');
    press('j');
    press('j');
    expect(document.activeElement).toBe(all('card-row')[1]);
    (document.activeElement as HTMLElement).click();
    await first('card-detail');
    press('Escape');
    await waitFor(() => expect(session.router.route.rest).toEqual([]));
    expect(Object.fromEntries(session.router.route.query), 'the sprint stays').toMatchObject({
      sprint: '42',
    });
  });
});

describe('a board with nothing on it', () => {
  it.each([
    ['no-jira', '#/board', 'No Jira account is connected'],
    ['jira-new', '#/board', 'Nothing was read from Jira yet'],
    ['no-sprint', '#/board', 'No sprint is active'],
    ['data', '#/board?sprint=44&account=jira', 'No cards were collected here'],
    ['data', '#/board?sprint=4711', 'The sprint of this link is not there any more'],
  ] as const)('%s %s says: %s', async (fixture, hash, words) => {
    open(fixture, hash);
    await waitFor(() => expect(at('empty-state').textContent).toContain(words));
  });

  it('leads to connecting Jira', async () => {
    open('no-jira', '#/board');
    const way = within(await first('empty-state')).getByRole('link');
    expect(way.getAttribute('href')).toBe('#/accounts/add?service=jira');
  });

  it('can be filled by a first sync', async () => {
    const { backend } = open('jira-new', '#/board');
    await click('loop-sync');
    await waitFor(() => expect(params(backend, 'sync')).toEqual([{ profile: 'default', what: 'jira' }]));
    await waitFor(() => expect(at('empty-state').textContent).toContain('Jira shows no sprint'));
  });

  it('says what failed, with a way out', async () => {
    const { backend } = open('failed', '#/board');
    expect((await first('error-panel')).textContent).toContain('cannot be opened');
    backend.world.failing = {};
    await click('try-again');
    await first('card-row');
  });

  it('says to a screen reader what is awaited', async () => {
    open('loading', '#/board');
    expect(await screen.findByRole('status', { name: 'Sprints: reading' })).toBeTruthy();
  });
});

describe('a card', () => {
  it('is shown whole, its description as a document', async () => {
    open('data', '#/board/CORE-318');
    const detail = await first('card-detail');
    const all = [
      'In review, in progress',
      '8 points',
      'sync',
      'Sprint 41, closed',
      'OLD-77',
      'How to see it',
    ];
    for (const words of [...all, 'A sync that can be relied on']) expect(detail.textContent).toContain(words);
    expect(within(at('card-description')).getByRole('heading', { name: 'Wanted' })).toBeTruthy();
  });

  it('tells its history, newest first', async () => {
    open('data', '#/board/CORE-318');
    await first('change-row');
    const told = all('change-row').map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim());
    expect(told).toHaveLength(5);
    expect(told[0]).toContain('Mira Kovač moved Status from “In progress” to “In review”; set Assignee to');
    expect(told[0], 'a whole text is not told').toContain('; changed Description');
    expect(told[2]).toContain('Jira changed Sprint from “Sprint 41”');
  });

  it('shows fifty changes, and more when asked', async () => {
    open('data', '#/board/OPS-9');
    await first('change-row');
    expect(all('change-row')).toHaveLength(50);
    await click('more-changes');
    await waitFor(() => expect(all('change-row')).toHaveLength(100));
  });

  it('shows its commits, which open among the commits of that card', async () => {
    const { backend } = open('data', '#/board/CORE-318');
    const detail = await first('card-detail');
    const row = await within(detail).findAllByTestId('commit-row');
    expect(row).toHaveLength(2);
    expect(params(backend, 'commits').at(-1)).toMatchObject({ query: { card: 'CORE-318' } });
    row[0]?.click();
    expect((await first('commit-detail')).textContent).toContain('Keep the place');
    expect(all('commit-row'), 'the list is narrowed').toHaveLength(2);
    await click('filter-card-off');
    await waitFor(() => expect(all('commit-row').length).toBeGreaterThan(2));
  });

  it('shows commits of one name at two hosts, and does not count what was not read', async () => {
    const { backend } = open('data', '#/overview');
    const one = backend.world.commits.find(({ jira_card_keys: keys }) => keys.includes('CORE-318'));
    if (!one) throw new Error('No commit names the card.');
    backend.world.commits = Array.from({ length: 201 }, () => one);
    location.hash = '#/board/CORE-318';
    const detail = await first('card-detail');
    await waitFor(() => expect(within(detail).getAllByTestId('commit-row')).toHaveLength(10));
    expect(detail.textContent).toContain('All commits');
  });

  it('is opened from the keys of a commit', async () => {
    open('data', '#/commits');
    await click('commit-row');
    await first('commit-detail');
    const links = all('card-link').map((link) => link.getAttribute('href'));
    expect(links).toEqual(['#/board/CORE-318', '#/board/OPS-12']);
    await click('card-link');
    expect((await first('card-detail')).dataset.key).toBe('CORE-318');
  });

  it('is no link where no Jira is connected', async () => {
    open('no-jira', '#/commits');
    await click('commit-row');
    expect((await first('commit-detail')).textContent).toContain('CORE-318');
    expect(all('card-link')).toEqual([]);
  });

  it('that several sites have is asked for at one of them', async () => {
    open('sites', '#/board/CORE-318');
    const ways = within(await first('empty-state')).getAllByRole('link');
    expect(ways.map(({ textContent }) => textContent)).toEqual(['jira', 'client']);
    ways[1]?.click();
    expect((await first('card-detail')).textContent).toContain('Paint the fence');
  });

  it('is found by a key that it had', async () => {
    open('data', '#/board/OLD-77');
    expect((await first('card-detail')).dataset.key).toBe('CORE-318');
  });

  it('leads to its parent and parts', async () => {
    const { session } = open('data', '#/board/CORE-318?sprint=42&account=jira');
    await first('card-relative');
    expect(all('card-relative').map(({ dataset }) => dataset.key)).toEqual([
      'CORE-300',
      'CORE-319',
      'CORE-320',
    ]);
    await click('card-relative');
    await waitFor(() => expect(session.router.route.rest).toEqual(['CORE-300']));
    expect((await first('empty-state')).textContent).toContain('PDT has not read this card');
  });

  it('that is gone says so', async () => {
    open('data', '#/board/CORE-290');
    expect((await first('card-detail')).textContent).toContain('Jira does not know it any more.');
  });

  it('is a page of its own on a narrow window', async () => {
    room.isWide = false;
    open('data', '#/board');
    await click('card-row');
    await first('card-detail');
    expect(all('card-row'), 'the board makes room').toEqual([]);
    press('Escape');
    await waitFor(() => expect(document.activeElement, 'back on the card').toBe(all('card-row')[0]));
  });

  it('cannot bring markup into the window, and a text without end is cut until it is asked for', async () => {
    open('extremes', '#/board/VERYLONGPROJECTKEYINDEED-1234567');
    const detail = await first('card-detail');
    expect(detail.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(document.querySelector('main img, main script')).toBeNull();
    expect(at('card-description').textContent?.length).toBeLessThan(2100);
    screen.getByText(/^Show 50,000 more of 1,05\d,\d\d\d$/).click();
    await waitFor(() => expect(at('card-description').textContent?.length).toBeGreaterThan(50_000));
  });

  it('opens in Jira', async () => {
    const { backend } = open('data', '#/board/CORE-318');
    await first('card-detail');
    within(at('card-detail')).getByTestId('open-at-host').click();
    const url = 'https://acme.atlassian.net/browse/CORE-318';
    await waitFor(() => expect(params(backend, 'open_link')).toEqual([{ profile: 'default', url }]));
  });
});
