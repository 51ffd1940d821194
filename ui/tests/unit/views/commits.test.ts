import { describe, expect, it } from 'vitest';

import { commit } from '../../../src/lib/backend/fixtures/sample';
import { room } from '../../setup';
import { all, at, click, first, open, press, screen, type, waitFor } from '../../app';

const queries = (backend: { calls: { name: string; params: unknown }[] }) =>
  backend.calls
    .filter(({ name }) => name === 'walk_commits')
    .map(({ params }) => (params as { query: unknown }).query);

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => commit(at, 'acme/api', `Commit ${at}`, 'main'));

const rowsInSight = () => all('commit-row').map((row) => row.textContent);

describe('the commits', () => {
  it('are all there, and only those in sight are drawn and read', async () => {
    const { backend } = open('data', '#/commits', { commits: many(3_000) });
    await screen.findAllByText('3,000 commits');
    await waitFor(() => expect(rowsInSight()[0]).toContain('Commit 0'));
    expect(all('commit-row').length).toBeLessThan(60);
    const read = backend.calls.filter(({ name }) => name === 'commit_rows').flatMap(({ params }) => params);
    expect(JSON.stringify(read).split(',').length, 'not all of them').toBeLessThan(400);
  });

  it('are narrowed by the database to a repository and to unlinked ones', async () => {
    const { backend } = open('data', '#/commits?repo=acme/web');
    await waitFor(() => expect(all('commit-row')).toHaveLength(2));
    await click('filter-unlinked');
    await waitFor(() => expect(all('commit-row')).toHaveLength(1));
    expect(queries(backend).at(-1)).toMatchObject({ repo: 'acme/web', unlinked: true });
    expect(location.hash, 'a link can open the same list').toContain('unlinked=1');
  });

  it('are searched in all there are, in the database', async () => {
    const { backend } = open('data', '#/commits', { commits: many(3_000) });
    await first('commit-row');
    await type('filter-text', 'commit 2999');
    await waitFor(() => expect(rowsInSight().at(-1)).toContain('Commit 2999'));
    expect(queries(backend).at(-1)).toMatchObject({ text: 'commit 2999' });
    await type('filter-text', 'no such thing');
    expect((await first('empty-state')).textContent).toContain('No commit fits the filter');
    await click('filter-clear');
    await waitFor(() => expect(rowsInSight().length).toBeGreaterThan(10));
    expect(location.hash).toBe('#/commits');
  });

  it('are narrowed to what somebody types: branch, author, card', async () => {
    open('data', '#/commits');
    await click('filter-author');
    await type('filter-author-text', 'jonas');
    await click('filter-author-option');
    await waitFor(() => expect(location.hash).toContain('author='));
    await click('filter-author-off');
    await waitFor(() => expect(location.hash).not.toContain('author='));
    await click('filter-card');
    await type('filter-card-text', 'invoices');
    await click('filter-card-option');
    await waitFor(() => expect(location.hash).toContain('card=PAY-77'));
    await waitFor(() => expect(rowsInSight()).toHaveLength(1));
  });

  it('are narrowed to a branch that is not listed, as it is typed', async () => {
    open('data', '#/commits');
    await click('filter-branch');
    await type('filter-branch-text', 'no/such-branch');
    await click('filter-branch-option');
    await waitFor(() => expect(location.hash).toContain('branch=no%2Fsuch-branch'));
  });

  it('are narrowed to days, by name or by the calendar', async () => {
    const { backend } = open('data', '#/commits');
    await click('filter-date');
    await click('filter-date-today');
    await waitFor(() => expect(at('filter-date').textContent).toContain('Today'));
    await click('filter-date');
    const since = (await first('filter-since')) as HTMLInputElement;
    since.value = '2020-01-01';
    since.dispatchEvent(new Event('change', { bubbles: true }));
    await waitFor(() => expect(queries(backend).at(-1)).toMatchObject({ since: '2020-01-01' }));
    await click('filter-date-off');
    await waitFor(() => expect(location.hash).toBe('#/commits'));
  });

  it('show a key or say that there is none', async () => {
    open('data', '#/commits');
    await first('commit-row');
    const cards = all('commit-card').map(({ textContent }) => textContent?.trim().replace(/\s/g, ' '));
    expect(cards.slice(0, 3)).toEqual(['CORE-318 +1', 'CORE-318', 'no card']);
  });

  it('come as they are synced, unless a commit is open', async () => {
    const { backend, session } = open('data', '#/commits');
    await first('commit-row');
    const arrive = (sha: string) => {
      const [newest] = backend.world.commits;
      if (!newest) throw new Error('The fixture has commits.');
      backend.world.commits = [{ ...newest, sha: sha.repeat(40) }, ...backend.world.commits];
      backend.emit('changed', null);
    };
    const topIs = (sha: string) =>
      waitFor(async () => expect((await first('commit-row')).dataset.sha).toBe(sha.repeat(40)));
    arrive('e');
    await topIs('e');
    (await first('commit-row')).click();
    await first('commit-detail');
    arrive('f');
    const show = await first('show-arrived');
    await topIs('e');
    show.click();
    await topIs('f');
    await waitFor(() => expect(document.activeElement).toBe(all('commit-row')[0]));
    arrive('d');
    await first('show-arrived');
    session.router.go('#/commits');
    await waitFor(() => expect(all('commit-detail')).toEqual([]));
    expect(all('show-arrived'), 'who is on a row is reading').toHaveLength(1);
    (document.activeElement as HTMLElement).blur();
    await topIs('d');
  });

  it('are walked by keyboard', async () => {
    const { session } = open('data', '#/commits');
    await first('commit-row');
    press('j');
    await waitFor(() => expect(document.activeElement).toBe(all('commit-row')[0]));
    press('j');
    await waitFor(() => expect(document.activeElement).toBe(all('commit-row')[1]));
    press('End');
    await waitFor(() => expect(document.activeElement).toBe(all('commit-row').at(-1)));
    press('Home');
    await waitFor(() => expect(document.activeElement).toBe(all('commit-row')[0]));
    (document.activeElement as HTMLElement).click();
    await first('commit-detail');
    press('Escape');
    await waitFor(() => expect(session.router.route.rest).toEqual([]));
  });

  it('are opened and linked from rows that are not read yet: no key that was pressed is lost', async () => {
    open('data', '#/commits', { silent: ['commit_rows'] });
    await screen.findAllByText('10 commits');
    const row = await waitFor(() => {
      press('j');
      expect(document.activeElement?.textContent).toContain('Reading');
      return document.activeElement as HTMLElement;
    });
    row.click();
    await first('commit-detail');
    press('Escape');
    await waitFor(() => expect(location.hash).toBe('#/commits'));
    press('j');
    press('l');
    await waitFor(() => expect(document.activeElement?.getAttribute('data-testid')).toBe('link-field'));
  });

  it('say how far the search has come while it goes on', async () => {
    open('searching', '#/commits?text=zebra');
    expect((await first('empty-state')).textContent).toContain('Nothing found yet');
    expect(screen.getByText(/^0 commits so far, back to .+ …/)).toBeTruthy();
  });

  it('are a million, of which the last can be reached', async () => {
    open('million', '#/commits');
    await screen.findAllByText('1,000,010 commits');
    press('End');
    await waitFor(() => expect(rowsInSight().at(-1)).toContain('no. 1'));
    expect(all('commit-row').length).toBeLessThan(60);
  });
});

describe('a commit', () => {
  it('is shown whole, as text', async () => {
    open('data', '#/commits');
    await click('commit-row');
    const detail = await first('commit-detail');
    for (const words of [
      '- what was stored stays stored',
      'release/2.4',
      'CORE-318-keep-place',
      'OPS-12',
      'mira@example.org',
    ]) {
      expect(detail.textContent).toContain(words);
    }
    expect(detail.textContent, 'the zone is named').toMatch(/GMT\+0[12]:00/);
  });

  it('is a page of its own on a narrow window', async () => {
    room.isWide = false;
    open('data', '#/commits');
    await click('commit-row');
    await first('commit-detail');
    expect(all('commit-row'), 'the list makes room').toEqual([]);
    await waitFor(() => expect(document.activeElement?.tagName).toBe('H1'));
    press('Escape');
    await waitFor(() => expect(document.activeElement, 'back on the row').toBe(all('commit-row')[0]));
  });

  it('is opened by its address, also where the list does not have it', async () => {
    const { backend } = open('data', '#/commits');
    expect(backend.world.commits.length).toBeGreaterThan(1);
    location.hash = '#/commits/1?text=nothing-has-this';
    expect((await first('commit-detail')).textContent).toContain('Write off cents');
  });

  it('that is gone is said to be', async () => {
    open('data', '#/commits/999999');
    expect((await first('error-panel')).textContent).toContain('This commit is not in PDT, or no longer.');
  });

  it('that no number names is said not to be there', async () => {
    open('data', '#/commits/acme/api');
    expect((await first('error-panel')).textContent).toContain('not in PDT');
  });

  it('opens at its service only where it has a page', async () => {
    const [one] = many(1);
    const { backend } = open('data', '#/commits', {
      commits: [{ ...one, url: null } as NonNullable<typeof one>],
    });
    await click('commit-row');
    await first('commit-detail');
    expect(all('open-at-host')).toEqual([]);
    expect(backend.calls.some(({ name }) => name === 'open_link')).toBe(false);
  });

  it('cannot bring markup into the window', async () => {
    open('extremes', '#/commits?text=onerror');
    await click('commit-row');
    const detail = await first('commit-detail');
    expect(detail.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(document.querySelector('main img, main script, main b')).toBeNull();
  });
});

it.each([
  ['quiet', 'empty-state', 'No commits yet'],
  ['failed', 'error-panel', 'cannot be opened'],
] as const)('%s: %s', async (fixture, testid, words) => {
  open(fixture, '#/commits');
  expect((await first(testid)).textContent).toContain(words);
});

it('what is awaited is said to a screen reader, and shown only after a while', async () => {
  open('loading', '#/commits');
  const waiting = await screen.findByRole('status', { name: 'Commits: reading' });
  expect(waiting.getAttribute('aria-busy')).toBe('true');
  expect(at('nav-commits').getAttribute('aria-current')).toBe('page');
});
