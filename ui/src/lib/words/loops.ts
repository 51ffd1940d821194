import type { AccountDto, LoopStatusDto, RepositoryDto, StatusDto } from '../backend/backend';
import type { LoopInUse } from './headline';
import { sentence } from './sentence';
import { withLocalTimes } from './time';

export const isJira = ({ provider }: Pick<AccountDto, 'provider'>): boolean => provider === 'jira';

/** The loops that have something to read: commits of tracked repositories, cards of Jira accounts. */
export function loopsInUse(
  accounts: readonly AccountDto[],
  repositories: readonly RepositoryDto[],
  { commits, jira }: StatusDto,
): LoopInUse[] {
  return [
    ...(repositories.length > 0 ? [{ name: 'commits' as const, loop: commits }] : []),
    ...(accounts.some(isJira) ? [{ name: 'Jira' as const, loop: jira }] : []),
  ];
}

/** Why the last run brought less than it should; and why there is no next one, where PDT waits for something. */
export function reasonOf({ last_error, reason, next_sync }: LoopStatusDto, now: number): string {
  const told = last_error === null || next_sync === null ? [last_error, reason] : [last_error];
  const sentences = told.filter((one) => one !== null).map((one) => sentence(withLocalTimes(one, now)));
  return [...new Set(sentences)].join(' ');
}
