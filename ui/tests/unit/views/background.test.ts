import { describe, expect, it, vi } from 'vitest';

import { minutesAgo } from '../../../src/lib/backend/fixtures/sample';
import { all, at, click, first, headlineIs, open, screen, waitFor } from '../../app';

const panel = (loop: string) => all('loop-panel').find(({ dataset }) => dataset.loop === loop) as HTMLElement;
const line = (loop: string) => all('loop-line').find(({ dataset }) => dataset.loop === loop) as HTMLElement;
const asked = ({ calls }: ReturnType<typeof open>['backend'], call: string) =>
  calls.filter(({ name }) => name === call).map(({ params }) => params);

describe('the loops', () => {
  it('say when they run next, and count down', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    open('data', '#/overview');
    await first('loop-panel');
    expect(panel('commits').textContent).toContain('next in 1');
    const due = minutesAgo(-12);
    vi.setSystemTime(Date.parse(due) - 5 * 60_000);
    vi.advanceTimersByTime(10_000);
    await waitFor(() => expect(panel('commits').textContent).toContain('next in 4 min'));
    vi.setSystemTime(Date.parse(due));
    vi.advanceTimersByTime(10_000);
    await waitFor(() => expect(panel('commits').textContent).toContain('next now'));
  });

  it('that have nothing to read say so instead of a time', async () => {
    open('no-jira', '#/overview');
    await first('loop-panel');
    expect(panel('jira').textContent).toContain('No Jira account is connected.');
    expect(panel('jira').textContent).not.toContain('next');
  });

  it('that wait for a limit or a network say what for', async () => {
    open('rate-limited', '#/overview');
    await waitFor(() =>
      expect(at('headline').textContent).toMatch(/^A service asks PDT to wait, next try in 4\d min$/),
    );
    expect(panel('commits').dataset.health).toBe('rate_limited');
    expect(panel('commits').textContent).toContain('rate limited');
    expect(panel('commits').textContent, 'in local time').toMatch(/limited until (tomorrow )?\d\d:\d\d\./);
    expect(line('commits').textContent).toContain('rate limited');
  });

  it('that wait for another network say so, and promise no time', async () => {
    open('metered', '#/overview');
    await first('loop-panel');
    expect(panel('commits').textContent).toContain('Waiting for a network that is not metered.');
    expect(panel('commits').textContent).not.toContain('next');
  });

  it('do not call an attempt without network a sync', async () => {
    open('offline', '#/overview');
    await headlineIs('This machine is offline');
    expect(screen.getByText('Last complete 34 minutes ago.')).toBeTruthy();
    expect(panel('commits').textContent).toContain('last tried 2 min ago');
    expect(line('jira').textContent).toContain('offline');
  });
});

describe('a pause', () => {
  it.each(['hour', 'tomorrow', 'open'] as const)('is begun for %s, and ended', async (choice) => {
    const { backend } = open('data', '#/overview');
    await click('pause');
    await click(`pause-${choice}`);
    await first('resume');
    expect(asked(backend, 'pause')).toEqual([{ choice }]);
    expect(at('headline').textContent).toMatch(choice === 'open' ? /^Paused$/ : /^Paused until .*\d\d:\d\d$/);
    expect(screen.getByText('Last checked 3 minutes ago.')).toBeTruthy();
    expect(panel('jira').dataset.health).toBe('paused');
    expect(line('jira').textContent).toContain('paused');
    await click('resume');
    await headlineIs('Everything is up to date, checked 3 minutes ago.');
    await waitFor(() => expect(document.activeElement).toBe(at('pause')));
  });

  it('that could not be begun says why', async () => {
    open('refused', '#/overview');
    await click('pause');
    await click('pause-open');
    await waitFor(() => expect(at('sync-result').textContent).toBe('The database is locked.'));
    expect(at('pause')).toBeTruthy();
  });

  it('leaves a sync by hand, and what the last run left open', async () => {
    open('paused-open', '#/overview');
    await headlineIs('Paused');
    expect(screen.getByText(/^The last sync of commits was partial/)).toBeTruthy();
    expect(panel('commits').textContent, 'partial is not hidden by the pause').toContain('partial');
    await click('sync-now');
    await waitFor(() => expect(at('sync-result').textContent).toContain('4 new commits'));
  });

  it('whose time has come is asked about, though nothing was written', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const { backend } = open('paused', '#/overview');
    await first('resume');
    const before = asked(backend, 'status').length;
    backend.world.settings = { ...backend.world.settings, is_paused: false, paused_until: null };
    for (let minutes = 0; minutes < 56; minutes += 0.5) vi.advanceTimersByTime(30_000);
    await first('pause');
    expect(asked(backend, 'status').length, 'once').toBe(before + 1);
  });

  it('is in Settings as well', async () => {
    open('paused', '#/settings');
    await click('resume');
    await first('pause');
  });
});

it('background sync that is off leads to its switch', async () => {
  open('disabled', '#/overview');
  await headlineIs('Background sync is off');
  expect(at('to-settings').getAttribute('href')).toBe('#/settings');
  expect(all('pause')).toEqual([]);
  expect(panel('commits').dataset.health).toBe('disabled');
  expect(line('commits').textContent).toContain('off');
});

describe('the end of the first run', () => {
  it('offers the start at login and notifications', async () => {
    const { backend } = open('tracked', '#/overview');
    await click('sync-now');
    await first('finish-first-run');
    const notifications = await first('setting-notifications');
    expect(at('setting-autostart').getAttribute('aria-checked'), 'until it is turned on').toBe('false');
    at('setting-autostart').click();
    notifications.click();
    await waitFor(() => expect(backend.world.autostart).toBe(true));
    await waitFor(() => expect(backend.world.settings.notify_recoveries.value).toBe('false'));
    expect(backend.world.settings.notify_failures.value).toBe('false');
    await click('finish-first-run');
    await headlineIs('Everything is up to date, checked just now.');
  });
});
