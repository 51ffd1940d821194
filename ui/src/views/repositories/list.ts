/** Which repositories are listed, and in which order. */
import type { RepositoryDto, RunDto } from '../../lib/backend/backend';
import { counted, grouped } from '../../lib/words/count';
import { fullName, repositoryState } from '../../lib/words/repository';

export type Condition = 'attention' | 'waiting' | 'fine';

export interface ListFilter {
  text: string;
  condition: Condition | null;
}

export const CONDITIONS: readonly { value: Condition; label: string }[] = [
  { value: 'attention', label: 'Needs attention' },
  { value: 'waiting', label: 'Not synced yet' },
  { value: 'fine', label: 'No trouble' },
];

/** What the person has to do with it. One that is being read is what it was before. */
export function conditionOf(repository: RepositoryDto, run: RunDto | null): Condition {
  const { mark } = repositoryState(repository, run);
  if (mark === 'failed' || !repository.is_valid || repository.last_error !== null) return 'attention';
  return repository.last_synced_at === null ? 'waiting' : 'fine';
}

export function readListFilter(query: URLSearchParams): ListFilter {
  const state = query.get('state');
  return {
    text: query.get('text') ?? '',
    condition: CONDITIONS.find(({ value }) => value === state)?.value ?? null,
  };
}

export const writeListFilter = ({ text, condition }: ListFilter): Record<string, string> => ({
  ...(text === '' ? {} : { text }),
  ...(condition === null ? {} : { state: condition }),
});

/** Those whose name has every word, in the chosen state: what needs attention first, then by name as they came. */
export function listed(
  repositories: readonly RepositoryDto[],
  { text, condition }: ListFilter,
  run: RunDto | null,
): RepositoryDto[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = repositories
    .filter((one) => words.every((word) => fullName(one).toLowerCase().includes(word)))
    .map((one) => ({ one, is: conditionOf(one, run) }))
    .filter(({ is }) => condition === null || is === condition);
  const first = all.filter(({ is }) => is === 'attention');
  return [...first, ...all.filter(({ is }) => is !== 'attention')].map(({ one }) => one);
}

/** `500 repositories, 9 need attention`; `7 repositories, 2 not synced yet`; `7 repositories, every branch`. */
export function listSummary(repositories: readonly RepositoryDto[], run: RunDto | null): string {
  if (repositories.length === 0) return 'Every branch of a tracked repository is read.';
  const all = counted(repositories.length, 'repository', 'repositories');
  const many = (condition: Condition) =>
    repositories.filter((one) => conditionOf(one, run) === condition).length;
  const bad = many('attention');
  if (bad > 0) return `${all}, ${counted(bad, 'needs', 'need')} attention`;
  const waiting = many('waiting');
  return waiting === 0 ? `${all}, every branch` : `${all}, ${grouped(waiting)} not synced yet`;
}
