import type { CommitResultDto, LoopDto, ReadingDto, RunDto } from '../backend/backend';
import { counted } from './count';
import { sentence } from './sentence';

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

/** What a sync by hand brought, in one quiet line. */
export function resultLine(loop: LoopDto<CommitResultDto>): string {
  const found = whatCame(loop.results);
  const failed = loop.results.filter((one) => one.error !== null).length;
  switch (loop.outcome) {
    case 'ok':
      return found;
    case 'partial':
      return `Partial: ${lower(found)}. ${why(loop, failed)}`;
    case 'failed':
      return `The sync failed. ${why(loop, failed)}`;
    case 'skipped':
      return `Skipped: ${loop.reason ?? 'there was nothing to do'}.`;
  }
}

function whatCame(results: readonly CommitResultDto[]): string {
  const bringing = results.filter((one) => one.new_commits > 0);
  const commits = bringing.reduce((sum, one) => sum + one.new_commits, 0);
  if (commits === 0) return 'No new commits';
  return `${counted(commits, 'new commit')} in ${counted(bringing.length, 'repository', 'repositories')}`;
}

function why(loop: LoopDto<CommitResultDto>, failed: number): string {
  if (loop.reason !== null) return sentence(loop.reason);
  if (failed === 0) return '';
  const [first] = loop.results.filter((one) => one.error !== null);
  if (failed === 1 && first) return sentence(`${first.repo_name}: ${first.error ?? ''}`);
  return `${counted(failed, 'repository', 'repositories')} could not be read.`;
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
