import { describe, expect, it } from 'vitest';

import type { LoopStatusDto } from '../backend/backend';
import { jiraRun } from '../backend/fixtures/jira';
import { attention, loop, run } from '../backend/fixtures/sample';
import { headline, type Known } from './headline';

const NOW = Date.parse('2026-02-18T14:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const commits = (status: LoopStatusDto) => [{ name: 'commits' as const, loop: status }];
const both = (one: Partial<LoopStatusDto>, other: Partial<LoopStatusDto>) => [
  ...commits(loop({ last_sync: ago(3), ...one })),
  { name: 'Jira' as const, loop: loop({ last_sync: ago(20), ...other }) },
];
const known = (change: Partial<Known> = {}): Known => ({
  accounts: 1,
  loops: commits(loop({ last_sync: ago(3) })),
  attention: [],
  run: null,
  jiraRun: null,
  now: NOW,
  ...change,
});
const title = (change: Partial<Known>) => headline(known(change)).title;
const detail = (change: Partial<Known>) => headline(known(change)).detail;
const one = [attention('a')];

describe('the headline', () => {
  it('says that all is well only shortly after a complete run', () => {
    expect(title({})).toBe('Everything is up to date, checked 3 minutes ago.');
    expect(title({ loops: commits(loop({ last_sync: ago(60 * 24) })) })).toBe(
      'Everything was up to date yesterday at 15:00',
    );
  });

  it('counts what needs the person, and never calls the rest up to date after a partial run', () => {
    expect(title({ attention: one })).toBe('One thing needs you');
    expect(title({ attention: [...one, attention('b')] })).toBe('2 things need you');
    expect(detail({ attention: one })).toBe('Everything else is up to date, checked 3 minutes ago.');
    const partial = loop({ last_sync: ago(3), outcome: 'partial' });
    expect(detail({ attention: one, loops: commits(partial) })).toBe(
      'The last sync was partial, 3 minutes ago.',
    );
    const failed = loop({ last_sync: ago(3), outcome: 'failed' });
    expect(detail({ attention: one, loops: commits(failed) })).toBe('The last sync failed 3 minutes ago.');
    const never = loop({ last_sync: null, outcome: null });
    expect(detail({ attention: one, loops: commits(never) })).toBe('Nothing was synced yet.');
    const old = loop({ last_sync: ago(90) });
    expect(detail({ attention: one, loops: commits(old) })).toBe('Everything else was up to date at 13:30.');
  });

  it('tells how far a run is, and what waits beside it', () => {
    expect(title({ run: run({ done: 3, of: 7 }) })).toBe('Syncing 3 of 7 repositories');
    expect(title({ run: run({ done: 0, of: 1 }) })).toBe('Syncing 0 of 1 repository');
    expect(title({ run: run() })).toBe('Syncing: looking for what changed');
    expect(detail({ run: run({ of: 7 }), attention: one })).toBe('One thing needs you.');
  });

  it('tells what to do first where nothing is tracked', () => {
    expect(title({ accounts: 0, loops: [] })).toBe('Nothing is tracked yet');
    expect(detail({ accounts: 0, loops: [] })).toContain('Connect an account');
    expect(detail({ loops: [] })).toBe('Choose the repositories to follow.');
    expect(title({ loops: commits(loop({ last_sync: null })) })).toBe('Nothing was synced yet');
  });

  it('tells how a run went wrong in the words of the run', () => {
    const wrong = { last_sync: ago(3), last_error: 'the host is offline' };
    expect(headline(known({ loops: commits(loop({ ...wrong, outcome: 'failed' })) }))).toEqual({
      title: 'The last sync failed 3 minutes ago',
      detail: 'The host is offline.',
    });
    expect(title({ loops: commits(loop({ ...wrong, outcome: 'partial' })) })).toBe(
      'The last sync was partial, 3 minutes ago',
    );
    const limited = loop({
      last_sync: ago(3),
      outcome: 'partial',
      reason: 'limited until 2026-02-18T14:30:00Z',
    });
    expect(detail({ loops: commits(limited) }), 'in the time of the person').toBe('Limited until 15:30.');
  });

  it('does not call an attempt without network a check', () => {
    const offline = loop({ last_sync: ago(1), last_success: ago(20), outcome: 'skipped' });
    expect(headline(known({ loops: commits(offline) }))).toEqual({
      title: 'This machine is offline',
      detail: 'Last complete 20 minutes ago.',
    });
    expect(detail({ loops: commits({ ...offline, last_success: null }) })).toBe('Nothing was read yet.');
    expect(title({ loops: both({}, { outcome: 'skipped' }) })).toBe('The last sync of Jira met no network');
    expect(detail({ attention: one, loops: commits(offline) })).toBe(
      'This machine is offline. Last complete 20 minutes ago.',
    );
  });

  it('tells of a pause and of the switch that is off, and what was true before', () => {
    const paused = { health: 'paused', last_sync: ago(20) } as const;
    const until = { ...paused, paused_until: '2026-02-18T14:40:00Z' };
    expect(headline(known({ loops: commits(loop(until)) }))).toEqual({
      title: 'Paused until 15:40',
      detail: 'Last checked 20 minutes ago.',
    });
    expect(title({ loops: commits(loop(paused)) })).toBe('Paused');
    expect(headline(known({ loops: commits(loop({ ...paused, health: 'disabled' })) }))).toEqual({
      title: 'Background sync is off',
      detail: 'Last checked 20 minutes ago.',
    });
    expect(detail({ loops: commits(loop({ ...paused, last_sync: null })) })).toBe('Nothing was synced yet.');
    const stopped = loop({ ...paused, outcome: 'partial', reason: 'stopped before it was done' });
    expect(detail({ loops: commits(stopped) })).toBe(
      'The last sync was partial, 20 minutes ago. Stopped before it was done.',
    );
    expect(headline(known({ attention: one, loops: commits(loop(until)) }))).toEqual({
      title: 'One thing needs you',
      detail: 'Paused until 15:40. Last checked 20 minutes ago.',
    });
    expect(title({ run: run({ done: 3, of: 7 }), loops: commits(loop(until)) }), 'a sync by hand runs').toBe(
      'Syncing 3 of 7 repositories',
    );
  });

  it('speaks of both loops, and names the one that is worse', () => {
    expect(title({ loops: both({}, {}) }), 'as old as the older one').toBe(
      'Everything is up to date, checked 20 minutes ago.',
    );
    expect(title({ loops: both({}, { outcome: 'partial' }) })).toBe(
      'The last sync of Jira was partial, 20 minutes ago',
    );
    expect(title({ loops: both({ outcome: 'failed' }, { outcome: 'partial' }) })).toBe(
      'The last sync of commits failed 3 minutes ago',
    );
    expect(title({ loops: both({}, { last_sync: null }) })).toBe('Jira was not synced yet');
    expect(detail({ attention: one, loops: both({}, { outcome: 'failed' }) })).toBe(
      'The last sync of Jira failed 20 minutes ago.',
    );
    const why = { outcome: 'failed', last_error: 'the host is offline' } as const;
    expect(headline(known({ loops: both(why, why) })), 'one reason is said once').toEqual({
      title: 'The last sync failed 20 minutes ago',
      detail: 'The host is offline.',
    });
  });

  it('needs nobody for what passes by itself', () => {
    const limited = [attention('account:github:limited', { severity: 'passing' })];
    const waiting = loop({
      last_sync: ago(3),
      outcome: 'partial',
      health: 'rate_limited',
      next_sync: ago(-41),
    });
    expect(headline(known({ attention: limited, loops: commits(waiting) }))).toEqual({
      title: 'A service asks PDT to wait, next try in 41 min',
      detail: 'The last sync was partial, 3 minutes ago.',
    });
    expect(title({ attention: limited })).toBe('Everything is up to date, checked 3 minutes ago.');
    const lost = loop({ last_sync: ago(3), outcome: 'skipped', last_success: ago(40) });
    expect(
      headline(
        known({
          attention: [attention('run:commits:offline', { severity: 'passing' })],
          loops: commits(lost),
        }),
      ),
    ).toEqual({
      title: 'This machine is offline',
      detail: 'Last complete 40 minutes ago.',
    });
    expect(detail({ attention: [...limited, ...one], loops: commits(waiting) })).toBe(
      'A service asks PDT to wait, next try in 41 min. The last sync was partial, 3 minutes ago.',
    );
  });

  it('tells how far both runs are', () => {
    const boards = jiraRun({ boards_done: 7, boards_of: 11 });
    expect(title({ jiraRun: boards })).toBe('Syncing 7 of 11 boards');
    expect(title({ run: run({ done: 3, of: 7 }), jiraRun: boards })).toBe(
      'Syncing 3 of 7 repositories and 7 of 11 boards',
    );
    expect(title({ run: run(), jiraRun: jiraRun() })).toBe('Syncing: looking for what changed');
  });
});
