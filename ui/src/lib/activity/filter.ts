import type { RunQuery } from '../backend/backend';

/** Which runs are listed, and whether those without news are told one by one. It stands in the address. */
export interface RunFilter extends Pick<RunQuery, 'loop' | 'troubled' | 'eventful'> {
  inFull: boolean;
}

export const NO_FILTER: RunFilter = { loop: null, troubled: false, eventful: false, inFull: false };

export function readFilter(query: URLSearchParams): RunFilter {
  const loop = query.get('loop');
  return {
    loop: loop === 'commits' || loop === 'jira' ? loop : null,
    troubled: query.has('trouble'),
    eventful: query.has('news'),
    inFull: query.has('full'),
  };
}

export function writeFilter({ loop, troubled, eventful, inFull }: RunFilter): Record<string, string> {
  return {
    ...(loop === null ? {} : { loop }),
    ...(troubled ? { trouble: '1' } : {}),
    ...(eventful ? { news: '1' } : {}),
    ...(inFull ? { full: '1' } : {}),
  };
}

/** Whether anything is left out. */
export const isFiltered = ({ loop, troubled, eventful }: RunFilter): boolean =>
  loop !== null || troubled || eventful;
