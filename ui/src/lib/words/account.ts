import type { AccountDto } from '../backend/backend';
import { counted } from './count';
import type { Sign } from './outcome';
import { SERVICES, serviceName } from './service';
import { age, dayOf, daysUntil, moment } from './time';

export interface AccountState {
  mark: Sign;
  word: string;
  /** What is wrong and what to do, where the word alone does not say it. */
  advice: string | null;
  /** Whether another token is the way out. */
  wantsToken: boolean;
}

/** How good an account's token is. */
export function accountState(account: AccountDto, now: number): AccountState {
  const { health } = account;
  const advice = adviceOf(account, now);
  const wantsToken = health !== 'valid' && health !== 'unchecked' && health !== 'blocked_by_sso';
  return { ...SIGNS[health], advice, wantsToken };
}

const SIGNS: Record<AccountDto['health'], { mark: Sign; word: string }> = {
  valid: { mark: 'ok', word: 'works' },
  unchecked: { mark: 'never', word: 'not checked yet' },
  refused: { mark: 'failed', word: 'refused' },
  missing_scope: { mark: 'partial', word: 'lacks a scope' },
  expires_soon: { mark: 'partial', word: 'expires soon' },
  expired: { mark: 'failed', word: 'expired' },
  blocked_by_sso: { mark: 'failed', word: 'blocked by single sign-on' },
};

function adviceOf(account: AccountDto, now: number): string | null {
  const service = serviceName(account.provider);
  const reason = account.state_reason;
  switch (account.health) {
    case 'valid':
      return reason;
    case 'unchecked':
      return reason ?? `PDT has not asked ${service} yet whether it accepts this token.`;
    case 'refused':
      return `${reason ?? `${service} refused the token of ${account.name}.`} Create a new one, and replace this one.`;
    case 'missing_scope':
      return `${lackWords(account)} Create a token with all that is needed, and replace this one.`;
    case 'expires_soon':
      return `The token ${expiryOf(account, now)?.text ?? 'expires soon'}. Create a new one before, and replace this one.`;
    case 'expired':
      return `The token ${expiryOf(account, now)?.text ?? 'has expired'}. Create a new one, and replace this one; what was collected stays.`;
    case 'blocked_by_sso':
      return `${reason ?? `An organisation at ${service} lets this token in only after its single sign-on.`} Authorise the token for it at ${service}, then check again.`;
  }
}

/** `The token lacks read:org, which is needed to list …`. */
function lackWords({ provider, missing_scopes }: AccountDto): string {
  if (missing_scopes.length === 0) return 'The token lacks a scope that PDT needs.';
  const needs = missing_scopes.map((scope) => {
    const right = SERVICES[provider].rights.find((one) => one.scope === scope);
    return right ? `${scope}, which is needed ${right.why.split(';')[0] ?? ''}` : scope;
  });
  return `The token lacks ${needs.join(', and ')}.`;
}

export interface Scope {
  scope: string;
  /** What PDT does with it; null for one that it does not need. */
  why: string | null;
  isMissing: boolean;
}

/** The scopes that PDT needs, and those that the token has beside them; null where the service does not tell. */
export function scopesOf({ provider, scopes, missing_scopes }: AccountDto): Scope[] | null {
  if (scopes === null) return null;
  const { rights } = SERVICES[provider];
  // A wider scope may hold a narrower one: what the resident process does not miss is there.
  const needed = rights.map(({ scope, why }) => ({ scope, why, isMissing: missing_scopes.includes(scope) }));
  const others = scopes.filter((scope) => !rights.some((right) => right.scope === scope));
  return [...needed, ...others.map((scope) => ({ scope, why: null, isMissing: false }))];
}

/** `2 scopes, all that are needed`; `7 scopes, 5 more than are needed`; `1 scope is missing`. */
export function scopesSummary(scopes: readonly Scope[]): string {
  const missing = scopes.filter(({ isMissing }) => isMissing).length;
  if (missing > 0) return counted(missing, 'scope is missing', 'scopes are missing');
  const more = scopes.filter(({ why }) => why === null).length;
  const all = counted(scopes.length, 'scope');
  return more === 0
    ? `${all}, as needed`
    : `${all}, ${counted(more, 'more than is needed', 'more than are needed')}`;
}

export interface Expiry {
  text: string;
  isPast: boolean;
}

/** From here on, days are counted. */
const NEAR = 31;

/** When the token expires, in words; null where the service does not tell. */
export function expiryOf(account: Pick<AccountDto, 'expires_at'>, now: number): Expiry | null {
  if (account.expires_at === null) return null;
  const isPast = age(account.expires_at, now) >= 0;
  if (isPast) return { text: `expired ${onDay(account.expires_at, now)}`, isPast };
  const days = daysUntil(account.expires_at, now);
  const when = days > 1 && days <= NEAR ? `in ${days} days` : onDay(account.expires_at, now);
  return { text: `expires ${when}`, isPast };
}

function onDay(time: string, now: number): string {
  const day = dayOf(time, now);
  return /\d/.test(day) ? `on ${day}` : day;
}

/** Until when a service wants no request; null where it may be asked. */
export function limitedWords({ provider, limited_until }: AccountDto, now: number): string | null {
  if (limited_until === null || age(limited_until, now) >= 0) return null;
  return `${serviceName(provider)} wants no requests until ${moment(limited_until, now)}. PDT goes on by itself after that.`;
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
