import type { CommitChoice } from '../../lib/data/stores.svelte';

/** What the list is narrowed to. It stands in the address, so that a link can open it. */
export interface Filter extends CommitChoice {
  /** Looked for in what was loaded, not in the database. */
  text: string;
}

export function readFilter(query: URLSearchParams): Filter {
  return { repo: query.get('repo'), unlinked: query.has('unlinked'), text: query.get('text') ?? '' };
}

export function writeFilter({ repo, unlinked, text }: Filter): Record<string, string> {
  return {
    ...(repo === null ? {} : { repo }),
    ...(unlinked ? { unlinked: '1' } : {}),
    ...(text === '' ? {} : { text }),
  };
}

export const isFiltered = ({ repo, unlinked, text }: Filter): boolean =>
  repo !== null || unlinked || text !== '';
