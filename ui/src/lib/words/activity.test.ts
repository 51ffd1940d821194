import { describe, expect, it } from 'vitest';

import { entry, runOf } from '../backend/fixtures/activity';
import {
  activitySummary,
  entryWords,
  limitWords,
  newsWords,
  requestWords,
  runOutcome,
  tookWords,
  troubleWords,
} from './activity';

const NOW = Date.parse('2026-02-18T14:00:00Z');

describe('a run', () => {
  it('goes on until it has ended', () => {
    expect(runOutcome(runOf(1, { outcome: null, finished_at: null })).word).toBe('running');
    expect(runOutcome(runOf(1, { outcome: null })).word).toBe('not known');
    expect(runOutcome(runOf(1, { outcome: 'partial' })).mark).toBe('partial');
  });

  it.each([
    ['14:00:00', 'under 1 s'],
    ['14:00:42', '42 s'],
    ['14:03:00', '3 min'],
    ['14:03:20', '3 min 20 s'],
    ['16:00:10', '2 h'],
    ['16:07:10', '2 h 7 min'],
  ])('from 14:00:00 to %s took %s', (end, words) => {
    const run = runOf(1, { started_at: '2026-02-18T14:00:00Z', finished_at: `2026-02-18T${end}Z` });
    expect(tookWords(run)).toBe(words);
  });

  it('says what it brought in the words of its loop', () => {
    expect(newsWords(runOf(1))).toBeNull();
    expect(newsWords(runOf(1, { new: 1 }))).toBe('1 new commit');
    expect(newsWords(runOf(1, { loop: 'jira', new: 2, changed: 5 }))).toBe('2 new and 5 changed cards');
    expect(requestWords(0)).toBe('no requests');
  });

  it('says what was in its way, with local times', () => {
    expect(troubleWords(runOf(1), NOW)).toBeNull();
    expect(troubleWords(runOf(1, { reason: 'limited until 2026-02-18T15:20:00Z' }), NOW)).toBe(
      'Limited until 16:20.',
    );
    expect(troubleWords(runOf(1, { error: 'No.', reason: 'why' }), NOW), 'what failed goes before').toBe(
      'No.',
    );
  });
});

it('what was read is told in figures, without those that say nothing', () => {
  expect(entryWords(entry('a', { fetched: 17, new: 3, places: 9, read: 2 }), 'commits')).toBe(
    '17 fetched, 3 new, 14 known already, 2 of 9 branches read',
  );
  expect(entryWords(entry('a', { fetched: 3, new: 1, changed: 2, places: 1, read: 1 }), 'jira')).toBe(
    '3 fetched, 1 new, 2 changed, 1 of 1 sprint read',
  );
});

describe('a limit', () => {
  const limit = {
    name: 'github',
    requests: 3,
    remaining: 4312,
    limit: 5000,
    resets_at: '2026-02-18T14:20:00Z',
  };

  it('is told with the time at which it is full again', () => {
    expect(limitWords(limit, NOW)).toBe('4,312 of 5,000 left, all again at 15:20');
  });

  it('that was filled up since is in the past', () => {
    expect(limitWords({ ...limit, resets_at: '2026-02-18T13:00:00Z' }, NOW)).toBe('4,312 of 5,000 were left');
  });

  it('that no service tells is not made up', () => {
    expect(limitWords({ ...limit, remaining: null }, NOW)).toBeNull();
    expect(limitWords({ ...limit, limit: null }, NOW)).toBeNull();
  });
});

it('the list says no more than it knows', () => {
  expect(activitySummary(200, true, false)).toBe('The latest 200 runs');
  expect(activitySummary(12, false, false)).toBe('12 runs, newest first');
  expect(activitySummary(1, false, true)).toBe('1 run with that');
  expect(activitySummary(0, false, true)).toBe('');
});
