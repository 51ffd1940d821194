import { expect, it, vi } from 'vitest';

import { hostsOf, isKnown, isMisleading } from './links';

const HOSTS = hostsOf([{ url: 'https://acme.atlassian.net' }, { url: 'http://jira.example.net:8080/jira' }]);

it('pages of connected hosts can be opened', () => {
  for (const address of [
    'https://acme.atlassian.net/browse/A-1?x=1#c',
    'http://jira.example.net:8080/jira/x',
    'HTTPS://ACME.atlassian.net/',
  ])
    expect(isKnown(address, HOSTS), address).toBe(true);
});

it('nothing else can', () => {
  for (const address of [
    'https://example.org/',
    'javascript:alert(1)//https',
    'javascript://acme.atlassian.net/%0aalert(1)',
    'https://acme.atlassian.net@example.org/',
    'https://acme.atlassian.net.example.org/',
    'http://jira.example.net/',
    'https://mira:secret@acme.atlassian.net/',
    'file://acme.atlassian.net/',
    '//acme.atlassian.net/',
    'data:text/html,<a href="x">',
    'https://',
    '',
  ])
    expect(isKnown(address, HOSTS), address).toBe(false);
});

it('a label that names another host is misleading', () => {
  const target = 'https://acme.atlassian.net:8443/browse/A-1';
  for (const label of [
    'https://bank.example/login',
    'log in at (bank.example), now',
    'www.bank.example',
    'https://intranet/',
    'acme.atlassian.net.bank.example',
    'https://acme.atlassian.net@bank.example',
    'аcme.atlassian.net',
    'bank\u200b.example',
  ])
    expect(isMisleading(label, target), label).toBe(true);
});

it('words, numbers and the host itself are not', () => {
  const target = 'https://acme.atlassian.net:8443/browse/A-1';
  for (const label of [
    'the card',
    'v1.2.3, e.g. 10.5',
    'https://acme.atlassian.net/x',
    'ACME.atlassian.net.',
    'A-1: done',
    '',
  ])
    expect(isMisleading(label, target), label).toBe(false);
});

it('addresses are understood by a web view that is as old as the build allows', () => {
  vi.stubGlobal(
    'URL',
    class extends URL {
      static override canParse = undefined as unknown as typeof URL.canParse;
    },
  );
  try {
    expect(isKnown('https://acme.atlassian.net/x', HOSTS)).toBe(true);
    expect(isKnown('https://', HOSTS)).toBe(false);
  } finally {
    vi.unstubAllGlobals();
  }
});
