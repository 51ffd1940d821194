import { expect, it } from 'vitest';

import { NO_FILTER, isFiltered, queryOf, readFilter, writeFilter } from '../../views/commits/filter-query';
import { firstLine } from './filter';

it('a row shows the first line that says something', () => {
  expect(firstLine('\n\n  Subject \nbody')).toBe('Subject');
  expect(firstLine('')).toBe('');
});

const FULL = {
  text: 'retry reads',
  repo: 'acme/api',
  branch: 'fix/limits',
  author: 'mira@example.org',
  since: '2026-11-01',
  until: '2026-11-30',
  card: 'CORE-1',
  unlinked: true,
};

it('a filter stands in the address, and is read from it', () => {
  expect(readFilter(new URLSearchParams(writeFilter(FULL)))).toEqual(FULL);
  expect(writeFilter(NO_FILTER)).toEqual({});
  expect([isFiltered(FULL), isFiltered(NO_FILTER)]).toEqual([true, false]);
});

it('an address that names no day asks for no day', () => {
  const { since, until, repo } = readFilter(new URLSearchParams('since=soon&until=2026-13-45&repo='));
  expect([since, until, repo]).toEqual([null, null, null]);
});

it('a filter asks the database for all of it', () => {
  expect(queryOf({ ...FULL, text: ' retry ' })).toMatchObject({ ...FULL, text: 'retry', limit: null });
  expect(queryOf({ ...NO_FILTER, text: '  ' }).text, 'blanks are no words').toBeNull();
});
