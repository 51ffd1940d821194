import type { AccountDto } from '../backend/backend';
import type { Mark } from './outcome';
import { serviceName } from './service';
import { age, dayOf } from './time';

const DAY = 24 * 60 * 60_000;
/** From here on, an expiry is worth a warning: PDT's own, when an account is checked. */
const SOON = 14 * DAY;

export interface AccountState {
  mark: Mark;
  word: string;
  /** Why, where the word alone does not say it. */
  reason: string | null;
}

export function accountState(account: AccountDto, now: number): AccountState {
  const expiry = expiryOf(account, now);
  if (account.state === 'refused') {
    return { mark: 'failed', word: 'refused', reason: account.state_reason ?? refusedReason(account) };
  }
  if (expiry?.isPast) return { mark: 'failed', word: 'expired', reason: account.state_reason };
  if (account.state === 'unchecked')
    return { mark: 'never', word: 'not checked yet', reason: account.state_reason };
  if (expiry?.isSoon) return { mark: 'partial', word: 'expires soon', reason: account.state_reason };
  return { mark: 'ok', word: 'works', reason: account.state_reason };
}

const refusedReason = ({ provider, name }: AccountDto): string =>
  `${serviceName(provider)} refused the token of ${name}.`;

export interface Expiry {
  text: string;
  isPast: boolean;
  isSoon: boolean;
}

/** When the token expires, in words; null where the service does not tell. */
export function expiryOf(account: Pick<AccountDto, 'expires_at'>, now: number): Expiry | null {
  if (account.expires_at === null) return null;
  const passed = age(account.expires_at, now);
  const isPast = passed >= 0;
  const text = `${isPast ? 'expired' : 'expires'} ${dayOf(account.expires_at, now)}`;
  return { text, isPast, isSoon: !isPast && -passed < SOON };
}

/** What is special about a Jira account, in lines: how it signs in, and what is read through it. */
export function jiraLines({ provider, email, projects, collects }: AccountDto): string[] {
  if (provider !== 'jira') return [];
  const also = [
    ...(collects?.kanban ? ['Kanban boards'] : []),
    ...(collects?.backlog ? ['backlogs and planned sprints'] : []),
  ];
  return [
    email === null ? 'Data Center, with the token alone' : `Cloud, as ${email}`,
    `${projects?.length ? `Only projects ${projects.join(', ')}` : 'All projects'} · cards of ${['active sprints', ...also].join(', ')}`,
  ];
}
