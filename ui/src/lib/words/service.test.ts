import { expect, it } from 'vitest';

import { addressProblem, hostOf, needsEmail, tokenPage } from './service';

it('the token page is that of the host, with the scopes already ticked', () => {
  expect(tokenPage('github', 'https://github.com')).toBe(
    'https://github.com/settings/tokens/new?scopes=repo,read:org&description=PDT',
  );
  expect(tokenPage('gitlab', 'https://gitlab.example.org/')).toBe(
    'https://gitlab.example.org/-/user_settings/personal_access_tokens?name=PDT&scopes=read_api',
  );
  expect(tokenPage('gitlab', 'gitlab'), 'no page of no address').toBeNull();
});

it('an address is https, or http on this computer', () => {
  for (const good of [
    'https://github.com',
    'https://host:8443/path',
    'http://localhost:3000',
    'http://127.0.0.1:8',
    'http://[::1]:8',
  ]) {
    expect(addressProblem(good), good).toBeNull();
  }
  expect(addressProblem('http://gitlab.example.org')).toContain('Only https://');
  expect(addressProblem('github.com')).toContain('https:// at its beginning');
  expect(addressProblem(' ')).toContain('Write the address');
  expect(addressProblem('javascript:alert(1)')).toContain('not an address');
});

it('a host keeps its port, and what is no address is shown as it is', () => {
  expect(hostOf('https://gitlab.example.org:8443/x')).toBe('gitlab.example.org:8443');
  expect(hostOf('somewhere')).toBe('somewhere');
});

it('Jira Cloud makes tokens at Atlassian, a Data Center at its own site', () => {
  const atlassian = 'https://id.atlassian.com/manage-profile/security/api-tokens';
  expect(tokenPage('jira', 'https://acme.atlassian.net')).toBe(atlassian);
  expect(tokenPage('jira', 'https://jira.acme.example', 'mira@example.org'), 'a name of its own').toBe(
    atlassian,
  );
  expect(tokenPage('jira', 'https://jira.acme.example/jira/')).toBe(
    'https://jira.acme.example/jira/secure/ViewProfile.jspa?selectedTab=' +
      'com.atlassian.pats.pats-plugin:jira-user-personal-access-tokens',
  );
  expect(tokenPage('jira', '')).toBeNull();
});

it('only a site below atlassian.net is surely Jira Cloud', () => {
  expect(needsEmail('https://acme.atlassian.net/jira')).toBe(true);
  expect(needsEmail('https://ACME.Atlassian.Net')).toBe(true);
  expect(needsEmail('https://atlassian.net.example.org')).toBe(false);
  expect(needsEmail('https://notatlassian.net')).toBe(false);
  expect(needsEmail('acme')).toBe(false);
});
