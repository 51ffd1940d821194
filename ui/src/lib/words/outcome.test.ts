import { expect, it } from 'vitest';

import { loop } from '../backend/fixtures/sample';
import { hiddenOutcome, pausedWords, standingOf } from './outcome';

const NOW = Date.parse('2026-02-18T14:00:00Z');

it.each([
  ['ok', 'complete'],
  ['partial', 'partial'],
  ['failing', 'failed'],
  ['rate_limited', 'rate limited'],
  ['offline', 'offline'],
  ['paused', 'paused'],
  ['disabled', 'off'],
] as const)('a loop that is %s is said to be "%s"', (health, word) => {
  const outcome = { partial: 'partial', failing: 'failed' } as const;
  const ended = health in outcome ? outcome[health as keyof typeof outcome] : 'ok';
  expect(standingOf(loop({ health, outcome: ended }), false).word).toBe(word);
});

it('a run that goes on is seen also while the background loops pause', () => {
  expect(standingOf(loop({ health: 'paused' }), true).mark).toBe('syncing');
  expect(standingOf(loop({ health: 'disabled', status: 'syncing' }), false).mark).toBe('syncing');
});

it('a loop that was never run is not called complete', () => {
  expect(standingOf(loop({ health: 'ok', outcome: null }), false).word).toBe('not synced');
});

it('a pause does not hide that the last run was partial or failed', () => {
  const hidden = (change: Parameters<typeof loop>[0]) => {
    const one = loop(change);
    return hiddenOutcome(one, standingOf(one, false))?.word ?? null;
  };
  expect(hidden({ health: 'paused', outcome: 'partial' })).toBe('partial');
  expect(hidden({ health: 'disabled', outcome: 'failed' })).toBe('failed');
  expect(hidden({ health: 'paused', outcome: 'ok' })).toBeNull();
  expect(hidden({ health: 'partial', outcome: 'partial' }), 'it is said already').toBeNull();
});

it('a pause is told with its end, where it has one', () => {
  expect(pausedWords('2026-02-18T14:40:00Z', NOW)).toBe('paused until 15:40');
  expect(pausedWords('2026-02-19T05:00:00Z', NOW)).toBe('paused until tomorrow 06:00');
  expect(pausedWords(null, NOW)).toBe('paused');
});
