import type { AccountDto, RepositoryDto, StatusDto } from '../backend/backend';
import type { LoopInUse } from './headline';

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
