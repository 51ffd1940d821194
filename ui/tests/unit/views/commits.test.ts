import { describe, expect, it } from 'vitest';

import { commit } from '../../../src/lib/backend/fixtures/sample';
import { room } from '../../setup';
import { all, at, click, first, open, press, screen, type, waitFor } from '../../app';

const queries = (backend: { calls: { name: string; params: unknown }[] }) =>
  backend.calls
    .filter(({ name }) => name === 'commits')
    .map(({ params }) => (params as { query: unknown }).query);

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => commit(at, 'acme/api', `Commit ${at}`, 'main'));

describe('the commits', () => {
  it('are the latest 200, and more when asked', async () => {
    const { backend } = open('data', '#/commits', { commits: many(250) });
    await waitFor(() => expect(all('commit-row')).toHaveLength(200));
    expect(screen.getByText('The latest 200 commits')).toBeTruthy();
    await click('load-more');
    await waitFor(() => expect(all('commit-row')).toHaveLength(250));
    expect(screen.getByText('250 commits, newest first')).toBeTruthy();
    expect(all('load-more')).toEqual([]);
    expect(queries(backend).at(-1)).toMatchObject({ limit: 400 });
  });

  it('are narrowed by the database to a repository and to unlinked ones', async () => {
    const { backend } = open('data', '#/commits?repo=acme/web');
    await waitFor(() => expect(all('commit-row')).toHaveLength(2));
    await click('filter-unlinked');
    await waitFor(() => expect(all('commit-row')).toHaveLength(1));
    expect(queries(backend).at(-1)).toMatchObject({ repo: 'acme/web', unlinked: true, limit: 200 });
    expect(location.hash, 'a link can open the same list').toContain('unlinked=1');
  });

  it('are searched in what was loaded, which is said', async () => {
    open('data', '#/commits', { commits: many(250) });
    await first('commit-row');
    await type('filter-text', 'commit 19');
    await waitFor(() => expect(screen.getByText(/of the latest 200 commits have “commit 19”/)).toBeTruthy());
    await type('filter-text', 'no such thing');
    expect((await first('empty-state')).textContent).toContain('No commit fits the filter');
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
    arrive('d');
    await first('show-arrived');
    session.router.go('#/commits');
    await topIs('d');
  });

  it('are walked by keyboard', async () => {
    const { session } = open('data', '#/commits');
    await first('commit-row');
    press('j');
    press('j');
    expect(document.activeElement).toBe(all('commit-row')[1]);
    press('k');
    expect(document.activeElement).toBe(all('commit-row')[0]);
    (document.activeElement as HTMLElement).click();
    await first('commit-detail');
    press('Escape');
    await waitFor(() => expect(session.router.route.rest).toEqual([]));
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
