import { expect, it } from 'vitest';

import { reading, run } from '../backend/fixtures/sample';
import { branchProgress, readingNow, received } from './progress';

it('what is being read is named, with its branch where it is alone', () => {
  const web = reading(1, 'acme/web', { branch: 'main' });
  expect(readingNow(run({ of: 7, reading: [web] }))).toBe('Reading acme/web, main');
  expect(readingNow(run({ of: 7, reading: [{ ...web, branch: null }] }))).toBe('Reading acme/web');
  expect(readingNow(run({ of: 7, reading: [web, reading(2, 'b/c'), reading(3, 'd/e')] }))).toBe(
    'Reading acme/web and 2 others',
  );
  expect(readingNow(run({ of: 7 }))).toBe('Finishing');
  expect(readingNow(run())).toBe('Looking for what changed');
});

it('a branch counts as the one that is being read, and never beyond the last', () => {
  const of = (branches_done: number, branches_of: number, commits: number) =>
    branchProgress(reading(1, 'a/b', { branches_done, branches_of, commits }));
  expect(of(2, 9, 14)).toBe('branch 3 of 9 · 14 commits');
  expect(of(9, 9, 1)).toBe('branch 9 of 9 · 1 commit');
  expect(of(0, 0, 0)).toBe('looking for what changed');
  expect(of(0, 0, 1200)).toBe('all branches · 1,200 commits');
});

it('a first run counts what is received, also from repositories that are not done', () => {
  expect(received(run({ new_commits: 4, reading: [reading(1, 'a/b', { commits: 10 })] }))).toBe(14);
});
