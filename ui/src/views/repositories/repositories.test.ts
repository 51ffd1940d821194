import { expect, it } from 'vitest';

import { account, available, repository, run } from '../../lib/backend/fixtures/sample';
import { found, outcomeLine } from './available';
import { addressesOf, isSeveral, linesWithout } from './lines';
import { conditionOf, listed, listSummary, readListFilter, writeListFilter } from './list';
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

it('addresses are lines, each once, without what surrounds them', () => {
  const text =
    ' - https://github.com/acme/api\r\n\n* git@host:a/b.git, the tools\nhttps://github.com/acme/api\n';
  expect(addressesOf(text)).toEqual(['https://github.com/acme/api', 'git@host:a/b.git']);
  expect(isSeveral('https://github.com/acme/api\n')).toBe(false);
  expect(isSeveral(text)).toBe(true);
});

it('what was added leaves the field, and what was written meanwhile stays', () => {
  const text = '- https://host/a\nhttps://host/b the tools\n\nhttps://host/c';
  expect(linesWithout(text, ['https://host/a'])).toBe('https://host/b the tools\nhttps://host/c');
});

it('what was already there is told apart', () => {
  expect(outcomeLine(2, 1, 3)).toBe(
    '2 repositories are tracked now, 3 were already there, 1 repository could not be added.',
  );
});

const LIST = [
  repository(1, 'acme/api'),
  repository(2, 'acme/web', { last_error: 'No answer.' }),
  repository(3, 'acme/infra', { last_synced_at: null }),
  repository(4, 'acme/lost', { is_valid: false }),
];
const names = (found: readonly { name: string }[]) => found.map(({ name }) => name);

it('what needs attention comes first, and the rest as it came', () => {
  expect(names(listed(LIST, { text: '', condition: null }, null))).toEqual(['web', 'lost', 'api', 'infra']);
  expect(listSummary(LIST, null)).toBe('4 repositories, 2 need attention');
  expect(listSummary(LIST.slice(0, 1), null)).toBe('1 repository, every branch');
  expect(listSummary([...LIST.slice(0, 1), ...LIST.slice(2, 3)], null), 'nothing was read of one').toBe(
    '2 repositories, 1 not synced yet',
  );
});

it('a list is narrowed to a state and to words', () => {
  expect(names(listed(LIST, { text: '', condition: 'waiting' }, null))).toEqual(['infra']);
  expect(names(listed(LIST, { text: 'a pi', condition: 'fine' }, null))).toEqual(['api']);
});

it('one that is read again is what it was until that has ended', () => {
  const reading = [{ id: 2, name: 'acme/web', branch: null, branches_done: 0, branches_of: 0, commits: 0 }];
  const [, web] = LIST;
  expect(web && conditionOf(web, run({ of: 4, reading }))).toBe('attention');
});

it('the filter of the list stands in the address as it is read from it', () => {
  const filter = { text: 'a b', condition: 'attention' } as const;
  expect(readListFilter(new URLSearchParams(writeListFilter(filter)))).toEqual(filter);
  expect(readListFilter(new URLSearchParams('state=odd'))).toEqual({ text: '', condition: null });
});
