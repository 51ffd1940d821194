import { describe, expect, it } from 'vitest';

import { commit } from '../backend/fixtures/sample';
import { firstLine, matching } from './filter';
import { hold } from './held';

const COMMITS = [
  commit(1, 'acme/api', 'Retry reads only\n\nbecause writes may repeat', 'main', ['CORE-1']),
  commit(2, 'acme/web', 'Bump the lock file', 'feature/Zones'),
];

it('a row shows the first line that says something', () => {
  expect(firstLine('\n\n  Subject \nbody')).toBe('Subject');
  expect(firstLine('')).toBe('');
});

it('every word must be somewhere: message, key, branch, repository, SHA', () => {
  const found = (text: string) => matching(COMMITS, text).map(({ repo }) => repo);
  expect(found('')).toHaveLength(2);
  expect(found('RETRY writes')).toEqual(['acme/api']);
  expect(found('core-1')).toEqual(['acme/api']);
  expect(found('zones')).toEqual(['acme/web']);
  expect(found(COMMITS[1]?.sha.slice(0, 9) ?? '')).toEqual(['acme/web']);
  expect(found('retry lock')).toEqual([]);
});

describe('rows that arrive', () => {
  const itself = (row: string) => row;

  it('wait while a list is being read', () => {
    expect(hold(new Set(['b', 'c']), ['a', 'b', 'c'], itself)).toEqual({ rows: ['b', 'c'], waiting: 1 });
  });

  it('come at once into an empty list, and behind the last row', () => {
    expect(hold(new Set(), ['a', 'b'], itself)).toEqual({ rows: ['a', 'b'], waiting: 0 });
    expect(hold(new Set(['a']), ['a', 'b'], itself), 'more was loaded').toEqual({
      rows: ['a', 'b'],
      waiting: 0,
    });
  });

  it('do not keep what is gone', () => {
    expect(hold(new Set(['a', 'b']), ['b'], itself)).toEqual({ rows: ['b'], waiting: 0 });
    expect(hold(new Set(['a']), ['x'], itself), 'nothing known is left').toEqual({ rows: ['x'], waiting: 0 });
  });
});
