import type { RunAccountDto, RunEntryDto, RunSummaryDto } from '../backend/backend';
import { counted, grouped } from './count';
import { cardsFound } from './jira';
import type { Outcome } from './outcome';
import { sentence } from './sentence';
import { age, clockTime, withLocalTimes } from './time';

type Trigger = RunSummaryDto['trigger'];

const TRIGGERS: Record<Trigger, string> = {
  start: 'at start',
  schedule: 'on schedule',
  manual: 'by hand',
  wake: 'after waking',
};

/** Why a run started: `on schedule`, `by hand`. */
export const triggerWords = (trigger: Trigger): string => TRIGGERS[trigger];

export const loopName = (loop: RunSummaryDto['loop']): string => (loop === 'jira' ? 'Jira' : 'Commits');

const OUTCOMES = { ok: 'complete', partial: 'partial', failed: 'failed', skipped: 'skipped' } as const;

/** How a run ended, or that it goes on. */
export function runOutcome({ outcome, finished_at }: RunSummaryDto): Outcome {
  if (outcome !== null) return { mark: outcome, word: OUTCOMES[outcome] };
  return finished_at === null ? { mark: 'syncing', word: 'running' } : { mark: 'never', word: 'not known' };
}

/** What a run brought: `4 new commits`, `2 new and 5 changed cards`; null where that is nothing. */
export function newsWords({ loop, new: fresh, changed }: RunSummaryDto): string | null {
  if (fresh === 0 && changed === 0) return null;
  return loop === 'jira' ? cardsFound(fresh, changed) : counted(fresh, 'new commit');
}

/** What went wrong or was in the way, in a sentence; null for a run without any of that. */
export function troubleWords({ error, reason }: RunSummaryDto, now: number): string | null {
  const said = error ?? reason;
  return said === null ? null : sentence(withLocalTimes(said, now));
}

/** How long a run took; null while it goes on. */
export function tookWords({ started_at, finished_at }: RunSummaryDto): string | null {
  if (finished_at === null) return null;
  const seconds = Math.round(age(started_at, Date.parse(finished_at)) / 1000);
  if (seconds < 1) return 'under 1 s';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0
    ? `${grouped(minutes / 60)} h`
    : `${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

export const requestWords = (requests: number): string =>
  requests === 0 ? 'no requests' : counted(requests, 'request');

/** What was read of a repository or an account: `17 fetched, 3 new, 2 of 9 branches read`. */
export function entryWords(
  { fetched, new: fresh, changed, places, read }: RunEntryDto,
  loop: RunSummaryDto['loop'],
): string {
  const place = loop === 'jira' ? counted(places, 'sprint') : counted(places, 'branch', 'branches');
  const known = fetched - fresh - changed;
  return [
    `${grouped(fetched)} fetched`,
    `${grouped(fresh)} new`,
    ...(changed === 0 ? [] : [`${grouped(changed)} changed`]),
    ...(known > 0 ? [`${grouped(known)} known already`] : []),
    ...(places === 0 ? [] : [`${grouped(read)} of ${place} read`]),
  ].join(', ');
}

/** How much more a service allows; null where it does not tell. What has been filled up since is in the past. */
export function limitWords({ remaining, limit, resets_at }: RunAccountDto, now: number): string | null {
  if (remaining === null || limit === null) return null;
  const share = `${grouped(remaining)} of ${grouped(limit)}`;
  if (resets_at === null) return `${share} left after it`;
  return age(resets_at, now) >= 0
    ? `${share} were left`
    : `${share} left, all again at ${clockTime(resets_at)}`;
}

/** What the list shows, in one line. */
export function activitySummary(count: number, hasMore: boolean, isFiltered: boolean): string {
  if (count === 0) return '';
  if (hasMore) return `The latest ${counted(count, 'run')}`;
  return isFiltered ? `${counted(count, 'run')} with that` : `${counted(count, 'run')}, newest first`;
}
