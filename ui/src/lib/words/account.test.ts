import { expect, it } from 'vitest';

import { jiraAccount } from '../backend/fixtures/jira';
import { account } from '../backend/fixtures/sample';
import { accountState, expiryOf, jiraLines, limitedWords, scopesOf, scopesSummary } from './account';

const NOW = Date.parse('2026-02-18T14:00:00Z');

const of = (change: Parameters<typeof account>[0]) => accountState(account(change), NOW);

it('each health has its own word, and only a good token has no advice', () => {
  const all = [
    'valid',
    'unchecked',
    'refused',
    'missing_scope',
    'expires_soon',
    'expired',
    'blocked_by_sso',
  ] as const;
  const states = all.map((health) => of({ health }));
  expect(new Set(states.map(({ word }) => word)).size).toBe(all.length);
  expect(states.map(({ advice }) => advice === null)).toEqual(all.map((health) => health === 'valid'));
});

it('another token is proposed where one helps', () => {
  expect(of({ health: 'expired' }).wantsToken).toBe(true);
  expect(of({ health: 'missing_scope' }).wantsToken).toBe(true);
  expect(of({ health: 'blocked_by_sso' }).wantsToken, 'the same token can be let in').toBe(false);
  expect(of({ health: 'valid' }).wantsToken).toBe(false);
});

it('a refusal always has a reason, if only a general one, and says what to do', () => {
  const refused = { health: 'refused', name: 'work', provider: 'gitlab' } as const;
  expect(of(refused).advice).toBe(
    'GitLab refused the token of work. Create a new one, and replace this one.',
  );
  expect(of({ ...refused, state_reason: 'It is blocked.' }).advice).toMatch(/^It is blocked\. Create/);
});

it('a missing scope is named with what it is for', () => {
  const lacking = account({
    health: 'missing_scope',
    scopes: ['repo', 'gist'],
    missing_scopes: ['read:org'],
  });
  expect(accountState(lacking, NOW).advice).toContain(
    'lacks read:org, which is needed to list the repositories of your organisations.',
  );
  const scopes = scopesOf(lacking) ?? [];
  expect(scopes.map(({ scope, isMissing }) => [scope, isMissing])).toEqual([
    ['repo', false],
    ['read:org', true],
    ['gist', false],
  ]);
  expect(scopesSummary(scopes)).toBe('1 scope is missing');
});

it('a wider scope holds a narrower one, and more than is needed is said', () => {
  const wide = scopesOf(account({ scopes: ['repo', 'admin:org'] })) ?? [];
  expect(wide.some(({ isMissing }) => isMissing)).toBe(false);
  expect(scopesSummary(wide)).toBe('3 scopes, 1 more than is needed');
  expect(scopesSummary(scopesOf(account()) ?? [])).toBe('2 scopes, as needed');
  expect(scopesOf(account({ scopes: null }))).toBeNull();
});

it('a service that wants no requests is named until it may be asked again', () => {
  const limited = account({ limited_until: '2026-02-18T15:20:00Z' });
  expect(limitedWords(limited, NOW)).toContain('GitHub wants no requests until 16:20.');
  expect(limitedWords(limited, NOW + 2 * 3600_000)).toBeNull();
  expect(limitedWords(account(), NOW)).toBeNull();
});

it('an expiry is told as a day', () => {
  expect(expiryOf({ expires_at: '2026-02-19T08:00:00Z' }, NOW)?.text).toBe('expires tomorrow');
  expect(expiryOf({ expires_at: '2026-02-17T08:00:00Z' }, NOW)?.text).toBe('expired yesterday');
  expect(expiryOf({ expires_at: '2026-03-02T08:00:00Z' }, NOW)?.text).toBe('expires in 12 days');
  expect(expiryOf({ expires_at: '2026-06-20T08:00:00Z' }, NOW)?.text).toBe('expires on 20 Jun');
  expect(expiryOf({ expires_at: null }, NOW)).toBeNull();
});

it('a Jira account says how it signs in and what is read through it', () => {
  expect(jiraLines(account())).toEqual([]);
  expect(jiraLines(jiraAccount())).toEqual([
    'Cloud, as mira@example.org',
    'All projects · cards of active sprints',
  ]);
  const limited = { email: null, projects: ['CORE', 'PAY'], collects: { kanban: true, backlog: true } };
  expect(jiraLines(jiraAccount(limited))).toEqual([
    'Data Center, with the token alone',
    'Only projects CORE, PAY · cards of active sprints, Kanban boards, backlogs and planned sprints',
  ]);
});
