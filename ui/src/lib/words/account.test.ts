import { expect, it } from 'vitest';

import { jiraAccount } from '../backend/fixtures/jira';
import { account } from '../backend/fixtures/sample';
import { accountState, expiryOf, jiraLines } from './account';

const NOW = Date.parse('2026-02-18T14:00:00Z');

it('an account works until it is refused, has expired, or was never asked', () => {
  const of = (change: Parameters<typeof account>[0]) => accountState(account(change), NOW).word;
  expect(of({ expires_at: null })).toBe('works');
  expect(of({ expires_at: '2026-02-20T00:00:00Z' })).toBe('expires soon');
  expect(of({ expires_at: '2026-02-10T00:00:00Z' })).toBe('expired');
  expect(of({ expires_at: null, state: 'refused' })).toBe('refused');
  expect(of({ expires_at: null, state: 'unchecked' })).toBe('not checked yet');
});

it('a refusal always has a reason, if only a general one', () => {
  const refused = account({ state: 'refused', name: 'work', provider: 'gitlab' });
  expect(accountState(refused, NOW).reason).toBe('GitLab refused the token of work.');
  expect(accountState({ ...refused, state_reason: 'It is blocked.' }, NOW).reason).toBe('It is blocked.');
});

it('an expiry is told as a day', () => {
  expect(expiryOf({ expires_at: '2026-02-19T08:00:00Z' }, NOW)?.text).toBe('expires tomorrow');
  expect(expiryOf({ expires_at: '2026-02-17T08:00:00Z' }, NOW)?.text).toBe('expired yesterday');
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
