import type { ReadingDto, RepositoryDto, RunDto } from '../backend/backend';
import type { Mark } from './outcome';
import { branchProgress } from './progress';

export const fullName = ({ owner, name }: Pick<RepositoryDto, 'owner' | 'name'>): string =>
  `${owner}/${name}`;

export interface RepositoryState {
  mark: Mark;
  word: string;
  /** What happened, and for an invalid one what to do. */
  detail: string | null;
  reading: ReadingDto | null;
}

/** What is true of a repository now. A run that is going knows more than the last one did. */
export function repositoryState(repository: RepositoryDto, run: RunDto | null): RepositoryState {
  const reading = run?.reading.find(({ id }) => id === repository.id) ?? null;
  if (reading) return { mark: 'syncing', word: 'reading now', detail: branchProgress(reading), reading };
  const failed = run?.failed.find(({ id }) => id === repository.id);
  if (failed) return { mark: 'failed', word: 'failed', detail: failed.error, reading };
  if (!repository.is_valid)
    return { mark: 'failed', word: 'no access', detail: repository.invalid_reason, reading };
  if (repository.last_error !== null) {
    return { mark: 'failed', word: 'failed', detail: repository.last_error, reading };
  }
  if (repository.last_synced_at === null)
    return { mark: 'never', word: 'not synced yet', detail: null, reading };
  return { mark: 'ok', word: 'ok', detail: null, reading };
}

/** What can be done about a repository that its service does not show. */
export const INVALID_ADVICE =
  'Open it in the browser with the same account. If it moved, remove it here and add its new address; if access was ' +
  'lost, ask for it again. PDT tries it in every sync.';
