import { expect, it } from 'vitest';

import type { CommitResultDto, JiraResultDto, LoopDto } from '../backend/backend';
import { jiraResultLine, resultLine } from './result';

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

it('a sync of Jira counts cards, and names the account that could not be read', () => {
  const of = (new_cards: number, changed_cards: number, error: string | null = null): JiraResultDto => ({
    account: 'work',
    boards: 3,
    sprints: 2,
    cards: 40,
    new_cards,
    changed_cards,
    error,
  });
  const line = (change: Partial<LoopDto<JiraResultDto>>) =>
    jiraResultLine({ outcome: 'ok', reason: null, requests: 1, results: [], ...change });
  expect(line({ results: [of(1, 3), of(1, 2)] })).toBe('2 new and 5 changed cards');
  expect(line({ results: [of(1, 0)] })).toBe('1 new card');
  expect(line({ results: [of(0, 1)] })).toBe('1 changed card');
  expect(line({})).toBe('No new or changed cards');
  expect(line({ outcome: 'partial', results: [of(0, 1, 'board A was refused')] })).toBe(
    'Partial: 1 changed card. work: board A was refused.',
  );
  expect(line({ outcome: 'skipped', reason: 'no Jira account is connected' })).toBe(
    'Skipped: no Jira account is connected.',
  );
});
