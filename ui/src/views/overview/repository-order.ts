import type { RepositoryDto, RunDto } from '../../lib/backend/backend';
import { repositoryState } from '../../lib/words/repository';

const RANKS = { syncing: 0, failed: 1, partial: 1, skipped: 1, never: 2, ok: 3 } as const;

/** Those that are being read, then those that failed, then the rest as it was, newest first. */
export function byUrgency(repositories: readonly RepositoryDto[], run: RunDto | null): RepositoryDto[] {
  const rank = (repository: RepositoryDto) => RANKS[repositoryState(repository, run).mark];
  return [...repositories].sort(
    (a, b) => rank(a) - rank(b) || (b.last_synced_at ?? '').localeCompare(a.last_synced_at ?? ''),
  );
}
