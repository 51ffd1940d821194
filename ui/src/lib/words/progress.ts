import type { ReadingDto, RunDto } from '../backend/backend';
import { counted } from './count';

/** What a run is reading now: `Reading acme/web, feature/zones`, `Reading acme/web and 2 others`. */
export function readingNow(run: RunDto): string {
  const [first, ...others] = run.reading;
  if (!first) return run.of === 0 ? 'Looking for what changed' : 'Finishing';
  if (others.length > 0) return `Reading ${first.name} and ${counted(others.length, 'other')}`;
  return first.branch === null ? `Reading ${first.name}` : `Reading ${first.name}, ${first.branch}`;
}

/** How far one repository is: `branch 3 of 9 · 14 commits`. Some services read all branches at once. */
export function branchProgress(reading: ReadingDto): string {
  const commits = reading.commits === 0 ? [] : [counted(reading.commits, 'commit')];
  if (reading.branches_of === 0)
    return commits.length === 0 ? 'looking for what changed' : ['all branches', ...commits].join(' · ');
  const at = Math.min(reading.branches_done + 1, reading.branches_of);
  return [`branch ${at} of ${reading.branches_of}`, ...commits].join(' · ');
}

/** How many commits a first run has received: those of repositories that are done, and those of the others. */
export function received(run: RunDto): number {
  return run.reading.reduce((sum, { commits }) => sum + commits, run.new_commits);
}
