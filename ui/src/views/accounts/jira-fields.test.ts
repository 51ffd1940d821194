import { expect, it } from 'vitest';

import { emailProblem, jiraParams, noJiraFields, projectKeys, projectsProblem } from './jira-fields';

it('project keys are read with commas, spaces and any letter case, each once', () => {
  expect(projectKeys(' core, PAY;pay\tA_1 ')).toEqual(['CORE', 'PAY', 'A_1']);
  expect(projectKeys(' , ')).toEqual([]);
});

it('what cannot be a key is said', () => {
  expect(projectsProblem('CORE, A_1')).toBeNull();
  expect(projectsProblem('')).toBeNull();
  expect(projectsProblem('CORE, 7UP')).toContain('“7UP” is not the key');
  expect(projectsProblem('Core-12')).toContain('“CORE-12”');
});

it('an e-mail address is asked for where it is needed, and looked at where it is given', () => {
  expect(emailProblem('https://acme.atlassian.net', ' ')).toContain('Jira Cloud wants');
  expect(emailProblem('https://jira.example.org', '')).toBeNull();
  expect(emailProblem('https://jira.example.org', 'mira')).toContain('not an e-mail address');
  expect(emailProblem('https://acme.atlassian.net', 'mira@example.org ')).toBeNull();
});

it('other services get nothing of it, and empty fields are none', () => {
  expect(jiraParams(null)).toEqual({ email: null, projects: null, collects: null });
  expect(jiraParams(noJiraFields())).toEqual({
    email: null,
    projects: null,
    collects: { kanban: false, backlog: false },
  });
  expect(jiraParams({ ...noJiraFields(), email: ' a@b ', projects: 'core' })).toMatchObject({
    email: 'a@b',
    projects: ['CORE'],
  });
});
