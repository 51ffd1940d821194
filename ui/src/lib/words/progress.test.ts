import { expect, it } from 'vitest';

import type { CommitResultDto, LoopDto } from '../backend/backend';
import { reading, run } from '../backend/fixtures/sample';
import { branchProgress, readingNow, received, resultLine } from './progress';

const result = (repo_name: string, new_commits: number, error: string | null = null): CommitResultDto => ({
  repo_id: 1,
  repo_name,
  provider: 'github',
  new_commits,
  total_fetched: new_commits,
  error,
});

const ended = (change: Partial<LoopDto<CommitResultDto>>): string =>
  resultLine({ outcome: 'ok', reason: null, requests: 1, results: [], ...change });

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

it('the result counts commits and the repositories that brought them', () => {
  const results = [result('a/b', 3), result('c/d', 1), result('e/f', 0)];
  expect(ended({ results })).toBe('4 new commits in 2 repositories');
  expect(ended({ results: [result('a/b', 1)] })).toBe('1 new commit in 1 repository');
  expect(ended({})).toBe('No new commits');
});

it('partial is said before anything else, with the reason', () => {
  const one = [result('a/b', 4), result('c/d', 0, 'the token was refused')];
  expect(ended({ outcome: 'partial', results: one })).toBe(
    'Partial: 4 new commits in 1 repository. c/d: the token was refused.',
  );
  const two = [...one, result('e/f', 0, 'gone')];
  expect(ended({ outcome: 'partial', results: two })).toBe(
    'Partial: 4 new commits in 1 repository. 2 repositories could not be read.',
  );
  expect(ended({ outcome: 'partial', reason: 'stopped before the end' })).toBe(
    'Partial: no new commits. Stopped before the end.',
  );
});

it('a run that failed or was skipped does not pretend to have looked', () => {
  expect(ended({ outcome: 'failed', reason: 'the database is locked' })).toBe(
    'The sync failed. The database is locked.',
  );
  expect(ended({ outcome: 'skipped', reason: 'no repository is tracked' })).toBe(
    'Skipped: no repository is tracked.',
  );
});
