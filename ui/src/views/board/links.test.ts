import { expect, it, vi } from 'vitest';

import { hostsOf, partsOf } from './links';

const HOSTS = hostsOf([{ url: 'https://acme.atlassian.net' }, { url: 'http://jira.example.net:8080/jira' }]);
const urls = (text: string) => partsOf(text, HOSTS).flatMap(({ url }) => url ?? []);

it('a page of a connected host can be opened, without the full stop behind it', () => {
  expect(partsOf('See https://acme.atlassian.net/browse/A-1?x=1#c.\nThen', HOSTS)).toEqual([
    { text: 'See ', url: null },
    {
      text: 'https://acme.atlassian.net/browse/A-1?x=1#c',
      url: 'https://acme.atlassian.net/browse/A-1?x=1#c',
    },
    { text: '.\nThen', url: null },
  ]);
  expect(urls('(http://jira.example.net:8080/jira/x) HTTPS://ACME.atlassian.net/')).toHaveLength(2);
});

it('everything else is text', () => {
  for (const text of [
    'https://example.org/',
    'javascript:alert(1)//https',
    'https://acme.atlassian.net@example.org/',
    'https://acme.atlassian.net.example.org/',
    'http://jira.example.net/',
    'https://mira:secret@acme.atlassian.net/',
    'data:text/html,<a href="x">',
    'https://',
  ])
    expect(partsOf(text, HOSTS), text).toEqual([{ text, url: null }]);
});

it('an address that was cut is no link', () => {
  expect(urls('https://acme.atlassian.net/browse/A-…')).toEqual([]);
});

it('addresses are understood by a web view that is as old as the build allows', () => {
  vi.stubGlobal(
    'URL',
    class extends URL {
      static override canParse = undefined as unknown as typeof URL.canParse;
    },
  );
  try {
    expect(urls('https://acme.atlassian.net/x and https://')).toEqual(['https://acme.atlassian.net/x']);
  } finally {
    vi.unstubAllGlobals();
  }
});

it('nothing of a text is lost', () => {
  const text = 'a https://acme.atlassian.net/x, b https://example.org c https://acme.atlassian.net/y';
  expect(
    partsOf(text, HOSTS)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
  expect(partsOf('', HOSTS)).toEqual([]);
});
