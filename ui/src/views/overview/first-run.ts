import type { AccountDto, RepositoryDto, StatusDto } from '../../lib/backend/backend';

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
  if (repositories.length === 0) return 'choose';
  return status.commits.last_sync === null ? 'sync' : 'done';
}

const keyOf = (profile: string) => `pdt.first-run.${profile}`;

/** Whether the person wanted to look around by themselves. */
export const isSkipped = (profile: string): boolean => localStorage.getItem(keyOf(profile)) === 'skipped';

export const skip = (profile: string): void => localStorage.setItem(keyOf(profile), 'skipped');
