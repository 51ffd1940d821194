import type { CommitQuery } from '../../lib/backend/backend';
import { EVERY } from '../../lib/data/stores.svelte';

/** What the list is narrowed to. It stands in the address, so that a link can open it. */
export interface Filter {
  /** Each word is looked for in messages, authors, branches and SHAs. */
  text: string;
  repo: string | null;
  branch: string | null;
  author: string | null;
  /** The first and the last local day, as `2026-11-22`. */
  since: string | null;
  until: string | null;
  card: string | null;
  unlinked: boolean;
}

export const NO_FILTER: Filter = {
  text: '',
  repo: null,
  branch: null,
  author: null,
  since: null,
  until: null,
  card: null,
  unlinked: false,
};

const NAMES = ['repo', 'branch', 'author', 'since', 'until', 'card'] as const;

export function readFilter(query: URLSearchParams): Filter {
  const filter: Filter = { ...NO_FILTER, text: query.get('text') ?? '', unlinked: query.has('unlinked') };
  for (const name of NAMES) filter[name] = query.get(name) || null;
  return { ...filter, since: dayOrNone(filter.since), until: dayOrNone(filter.until) };
}

export function writeFilter(filter: Filter): Record<string, string> {
  const named = NAMES.map((name) => [name, filter[name]] as const).filter(([, value]) => value !== null);
  return {
    ...(Object.fromEntries(named) as Record<string, string>),
    ...(filter.unlinked ? { unlinked: '1' } : {}),
    ...(filter.text === '' ? {} : { text: filter.text }),
  };
}

export const isFiltered = (filter: Filter): boolean => Object.keys(writeFilter(filter)).length > 0;

/** The question that the filter puts. */
export function queryOf({ text, ...filter }: Filter): CommitQuery {
  return { ...EVERY, ...filter, text: text.trim() === '' ? null : text.trim() };
}

/** What somebody wrote into an address is a day, or nothing. */
function dayOrNone(day: string | null): string | null {
  return day !== null && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
}
