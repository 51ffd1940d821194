import type { CommitChoice, CommitPage } from '../../lib/data/stores.svelte';
import { counted, grouped } from '../../lib/words/count';

/** What the list is narrowed to. It stands in the address, so that a link can open it. */
export interface Filter extends CommitChoice {
  /** Looked for in what was loaded, not in the database. */
  text: string;
}

export function readFilter(query: URLSearchParams): Filter {
  return {
    repo: query.get('repo'),
    card: query.get('card'),
    unlinked: query.has('unlinked'),
    text: query.get('text') ?? '',
  };
}

export function writeFilter({ repo, card, unlinked, text }: Filter): Record<string, string> {
  return {
    ...(repo === null ? {} : { repo }),
    ...(card === null ? {} : { card }),
    ...(unlinked ? { unlinked: '1' } : {}),
    ...(text === '' ? {} : { text }),
  };
}

export const NO_FILTER: Filter = { repo: null, card: null, unlinked: false, text: '' };

export const isFiltered = ({ repo, card, unlinked, text }: Filter): boolean =>
  repo !== null || card !== null || unlinked || text !== '';

/** What the list is, without saying more than is known: a text is looked for in what was loaded. */
export function summaryOf(page: CommitPage, loaded: number, matching: number, text: string): string {
  const hasAll = page.commits.length < page.limit;
  if (text !== '') {
    const all = hasAll ? counted(loaded, 'commit') : `the latest ${counted(loaded, 'commit')}`;
    return `${grouped(matching)} of ${all} ${matching === 1 ? 'has' : 'have'} “${text}”`;
  }
  return hasAll ? `${counted(loaded, 'commit')}, newest first` : `The latest ${counted(loaded, 'commit')}`;
}
