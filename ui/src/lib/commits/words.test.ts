import { describe, expect, it } from 'vitest';

import { commit } from '../backend/fixtures/sample';
import { periods, periodWords } from './period';
import { linkedWords, timesheetLine, typedKey, walkWords } from './words';

// A Sunday, so that the week that goes on is the one that ends.
const NOW = Date.parse('2026-11-22T09:00:00Z');

describe('a walk', () => {
  it('says how far it has come, and in the end how many there are', () => {
    expect(walkWords(12_400, false, '2024-03-02T10:00:00Z')).toBe(
      '12,400 commits so far, back to March 2024 …',
    );
    expect(walkWords(0, false, null)).toBe('0 commits so far …');
    expect(walkWords(0, false, null, false), 'it does not go on').toBe('0 commits so far');
    expect(walkWords(1_000_000, true, '2010-01-01T00:00:00Z')).toBe('1,000,000 commits');
    expect(walkWords(1, true, null)).toBe('1 commit');
  });
});

describe('a period', () => {
  it('is whole days, weeks from Monday to Sunday, and whole months', () => {
    const days = Object.fromEntries(periods(NOW).map(({ id, since, until }) => [id, `${since} ${until}`]));
    expect(days).toEqual({
      today: '2026-11-22 2026-11-22',
      yesterday: '2026-11-21 2026-11-21',
      'this-week': '2026-11-16 2026-11-22',
      'last-week': '2026-11-09 2026-11-15',
      'this-month': '2026-11-01 2026-11-30',
      'last-month': '2026-10-01 2026-10-31',
    });
  });

  it('goes over the turn of a year', () => {
    const january = Date.parse('2027-01-01T09:00:00Z');
    const [, yesterday, , , , lastMonth] = periods(january);
    expect(yesterday).toMatchObject({ since: '2026-12-31', until: '2026-12-31' });
    expect(lastMonth).toMatchObject({ since: '2026-12-01', until: '2026-12-31' });
  });

  it('is called by its name, else by its days', () => {
    const words = (since: string | null, until: string | null) => periodWords({ since, until }, NOW);
    expect(words('2026-11-09', '2026-11-15')).toBe('Last week');
    expect(words('2026-11-03', '2026-11-03')).toBe('3 Nov');
    expect(words('2025-12-30', '2026-01-02')).toBe('30 Dec 2025 – 2 Jan');
    expect(words('2026-11-03', null)).toBe('since 3 Nov');
    expect(words(null, '2026-11-03')).toBe('until 3 Nov');
    expect(words(null, null)).toBeNull();
  });
});

it('what a link has done is said, also that it did nothing', () => {
  const done = { sha: 'a', repos: ['acme/api'], key: 'CORE-1', linked: true, changed: true };
  expect(linkedWords(done)).toBe('Linked to CORE-1.');
  expect(linkedWords({ ...done, repos: ['a/b', 'c/b'] })).toBe('Linked to CORE-1 in 2 repositories.');
  expect(linkedWords({ ...done, linked: false })).toBe('No longer linked to CORE-1.');
  expect(linkedWords({ ...done, changed: false })).toBe('It belongs to CORE-1 already.');
});

it('a line of a timesheet has the local day, the cards, the repository and the first line', () => {
  const one = commit(0, 'acme/api', 'Retry reads only\n\nbecause', 'main', ['CORE-318', 'OPS-1'], {
    date: '2026-11-21T23:30:00Z',
  });
  expect(timesheetLine(one)).toBe('2026-11-22  CORE-318, OPS-1  acme/api  Retry reads only');
  expect(timesheetLine({ ...one, jira_card_keys: [], message: '' })).toBe(
    '2026-11-22  no card  acme/api  No message',
  );
});

it('a key is told from words', () => {
  expect(typedKey(' core-318 ')).toBe('CORE-318');
  expect([typedKey('retry reads'), typedKey('core-'), typedKey('-1'), typedKey('')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
