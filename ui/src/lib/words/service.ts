import type { AccountDto } from '../backend/backend';

export type Provider = AccountDto['provider'];

/** The services, in the order in which they are offered. */
export const PROVIDERS = ['github', 'gitlab', 'jira'] as const satisfies readonly Provider[];

/** Something that a token must allow, and what that is for. */
export interface Right {
  scope: string;
  why: string;
}

interface Service {
  name: string;
  /** Where most people have it; nothing where everybody has an address of their own. */
  url: string;
  /** Where else it may be. */
  places: string;
  rights: readonly Right[];
}

export const SERVICES: Record<Provider, Service> = {
  github: {
    name: 'GitHub',
    url: 'https://github.com',
    places: 'github.com or Enterprise Server',
    rights: [
      { scope: 'repo', why: 'to read private repositories; public ones need no scope' },
      { scope: 'read:org', why: 'to list the repositories of your organisations' },
    ],
  },
  gitlab: {
    name: 'GitLab',
    url: 'https://gitlab.com',
    places: 'gitlab.com or self-managed',
    rights: [{ scope: 'read_api', why: 'to list projects, branches and commits; nothing can be changed' }],
  },
  jira: {
    name: 'Jira',
    url: '',
    places: 'Cloud or Data Center',
    rights: [
      { scope: 'read:jira-work', why: 'to read projects, cards and their history' },
      { scope: 'read:jira-user', why: 'to see whose token it is' },
      { scope: 'read:board-scope:jira-software', why: 'to list boards and backlogs' },
      { scope: 'read:sprint:jira-software', why: 'to list sprints' },
      { scope: 'read:issue-details:jira', why: 'to read the cards of a board or sprint' },
      { scope: 'read:jql:jira', why: 'to ask only for cards that have changed' },
      { scope: 'read:project:jira', why: 'to name the project of a board' },
    ],
  },
};

export const isProvider = (name: string | null): name is Provider =>
  (PROVIDERS as readonly (string | null)[]).includes(name);

/** GitHub, GitLab, Jira: as the services write themselves. */
export const serviceName = (provider: Provider): string => SERVICES[provider].name;

const ATLASSIAN_TOKENS = 'https://id.atlassian.com/manage-profile/security/api-tokens';
const DATA_CENTER_TOKENS =
  '/secure/ViewProfile.jspa?selectedTab=com.atlassian.pats.pats-plugin:jira-user-personal-access-tokens';

/** Whether it is Atlassian's own Jira, where one signs in with an e-mail address and a token. */
export function isJiraCloud(address: string, email: string): boolean {
  return email.trim() !== '' || needsEmail(address);
}

/** Sites below atlassian.net are Jira Cloud; others may be. */
export function needsEmail(address: string): boolean {
  return /(^|\.)atlassian\.net$/.test(readAddress(address)?.hostname ?? '');
}

/** The page at which a token of this host is made; null while the address cannot be read. */
export function tokenPage(provider: Provider, address: string, email = ''): string | null {
  if (provider === 'jira' && isJiraCloud(address, email)) return ATLASSIAN_TOKENS;
  const base = readAddress(address);
  if (base === null) return null;
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${TOKEN_PATHS[provider]}`;
}

const TOKEN_PATHS: Record<Provider, string> = {
  github: '/settings/tokens/new?scopes=repo,read:org&description=PDT',
  gitlab: '/-/user_settings/personal_access_tokens?name=PDT&scopes=read_api',
  jira: DATA_CENTER_TOKENS,
};

/** The host as people call it: `gitlab.example.org`, with its port if it has one. */
export function hostOf(url: string): string {
  return readAddress(url)?.host ?? url;
}

/** Why an address cannot be right, or null. What is more subtle, PDT says when it is asked. */
export function addressProblem(address: string): string | null {
  if (address.trim() === '') return 'Write the address of the service, such as https://team.example.org.';
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
