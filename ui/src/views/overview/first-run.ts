import type { AccountDto, RepositoryDto, StatusDto } from '../../lib/backend/backend';
import { remember, remembered } from '../../lib/data/remembered';
import { isJira } from '../../lib/words/loops';

export const STEPS = ['connect', 'choose', 'sync'] as const;

/** Where the first run stands. It follows from what is there, so that it goes on where a window was closed. */
export type Step = (typeof STEPS)[number] | 'done';

interface Known {
  accounts: readonly AccountDto[];
  repositories: readonly RepositoryDto[];
  status: StatusDto;
}

export function firstRunStep({ accounts, repositories, status }: Known): Step {
  if (accounts.length === 0) return 'connect';
  if (status.commits.last_sync !== null || status.jira.last_sync !== null) return 'done';
  // Of Jira everything is read that its accounts show; there is nothing to choose.
  return repositories.length === 0 && !accounts.every(isJira) ? 'choose' : 'sync';
}

const keyOf = (profile: string) => `pdt.first-run.${profile}`;

/** Whether the person wanted to look around by themselves. */
export const isSkipped = (profile: string): boolean => remembered(keyOf(profile)) === 'skipped';

export const skip = (profile: string): void => remember(keyOf(profile), 'skipped');
