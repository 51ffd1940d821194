import type { AccountDto } from '../backend/backend';

export type Provider = AccountDto['provider'];

/** The services whose accounts can be connected, in the order in which they are offered. */
export const CONNECTABLE = ['github', 'gitlab'] as const satisfies readonly Provider[];

export type Connectable = (typeof CONNECTABLE)[number];

interface Service {
  name: string;
  url: string;
  /** What the token must allow, and what that is for. */
  scopes: readonly { scope: string; why: string }[];
  tokenPath: string;
}

export const SERVICES: Record<Connectable, Service> = {
  github: {
    name: 'GitHub',
    url: 'https://github.com',
    scopes: [
      { scope: 'repo', why: 'to read private repositories; public ones need no scope' },
      { scope: 'read:org', why: 'to list the repositories of your organisations' },
    ],
    tokenPath: '/settings/tokens/new?scopes=repo,read:org&description=PDT',
  },
  gitlab: {
    name: 'GitLab',
    url: 'https://gitlab.com',
    scopes: [{ scope: 'read_api', why: 'to list projects, branches and commits; nothing can be changed' }],
    tokenPath: '/-/user_settings/personal_access_tokens?name=PDT&scopes=read_api',
  },
};

export const isConnectable = (provider: string): provider is Connectable =>
  (CONNECTABLE as readonly string[]).includes(provider);

/** GitHub, GitLab, Jira: as the services write themselves. */
export function serviceName(provider: Provider): string {
  return provider === 'jira' ? 'Jira' : SERVICES[provider].name;
}

/** The page at which a token of this host is made; null while the address cannot be read. */
export function tokenPage(provider: Connectable, address: string): string | null {
  const base = readAddress(address);
  return base === null
    ? null
    : `${base.origin}${base.pathname.replace(/\/+$/, '')}${SERVICES[provider].tokenPath}`;
}

/** The host as people call it: `gitlab.example.org`, with its port if it has one. */
export function hostOf(url: string): string {
  return readAddress(url)?.host ?? url;
}

/** Why an address cannot be right, or null. What is more subtle, PDT says when it is asked. */
export function addressProblem(address: string): string | null {
  if (address.trim() === '') return 'Write the address of the service, such as https://gitlab.example.org.';
  const read = readAddress(address);
  if (read === null) return 'This is not an address. Write it with https:// at its beginning.';
  if (read.protocol === 'https:' || isLoopback(read.hostname)) return null;
  return 'Only https:// is accepted, for the token would be readable on its way.';
}

function readAddress(address: string): URL | null {
  try {
    const url = new URL(address.trim());
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
