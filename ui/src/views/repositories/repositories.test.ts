import { expect, it } from 'vitest';

import { account, available } from '../../lib/backend/fixtures/sample';
import { found, outcomeLine } from './available';
import { accountsAt } from './url-accounts';

it('the accounts that could read an address are those at its host', () => {
  const accounts = [
    account({ name: 'one' }),
    account({ name: 'two' }),
    account({ name: 'work', url: 'https://gitlab.example.org:8443' }),
  ];
  expect(accountsAt('https://github.com/acme/api', accounts)).toEqual(['one', 'two']);
  expect(accountsAt('git@github.com:acme/api.git', accounts)).toEqual(['one', 'two']);
  expect(accountsAt('https://gitlab.example.org:8443/a/b', accounts)).toEqual(['work']);
  expect(accountsAt('https://github', accounts), 'a host that is not finished').toEqual([]);
});

it('a repository is found by every word of its name', () => {
  const all = [available('acme/api'), available('acme/web-api'), available('mira-k/notes')];
  expect(found(all, 'acme api').map(({ name }) => name)).toEqual(['api', 'web-api']);
});

it('what came of many is one line', () => {
  expect(outcomeLine(0, 0)).toBeNull();
  expect(outcomeLine(1, 0)).toBe('1 repository is tracked now.');
  expect(outcomeLine(3, 1)).toBe('3 repositories are tracked now, 1 repository could not be added.');
});
