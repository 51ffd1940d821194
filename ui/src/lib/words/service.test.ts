import { expect, it } from 'vitest';

import { addressProblem, hostOf, tokenPage } from './service';

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
