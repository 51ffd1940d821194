import type { CommitResultDto, JiraResultDto, LoopDto } from '../backend/backend';
import { counted } from './count';
import { cardsFound } from './jira';
import { sentence } from './sentence';

/** What a sync of commits by hand brought, in one quiet line. */
export function resultLine(loop: LoopDto<CommitResultDto>): string {
  const unread = loop.results.flatMap(({ repo_name, error }) =>
    error === null ? [] : [{ name: repo_name, error }],
  );
  return line(loop, commitsFound(loop.results), unread, (count) =>
    counted(count, 'repository', 'repositories'),
  );
}

/** What a sync of Jira by hand brought. */
export function jiraResultLine(loop: LoopDto<JiraResultDto>): string {
  const unread = loop.results.flatMap(({ account, error }) =>
    error === null ? [] : [{ name: account, error }],
  );
  const sum = (of: 'new_cards' | 'changed_cards') => loop.results.reduce((all, one) => all + one[of], 0);
  const found = cardsFound(sum('new_cards'), sum('changed_cards'));
  return line(loop, found, unread, (count) => counted(count, 'Jira account'));
}

interface Unread {
  name: string;
  error: string;
}

function line(
  loop: LoopDto<unknown>,
  found: string,
  unread: readonly Unread[],
  countedThings: (count: number) => string,
): string {
  const why = loop.reason === null ? whyUnread(unread, countedThings) : sentence(loop.reason);
  switch (loop.outcome) {
    case 'ok':
      return found;
    case 'partial':
      return `Partial: ${lower(found)}. ${why}`;
    case 'failed':
      return `The sync failed. ${why}`;
    case 'skipped':
      return `Skipped: ${loop.reason ?? 'there was nothing to do'}.`;
  }
}

function commitsFound(results: readonly CommitResultDto[]): string {
  const bringing = results.filter((one) => one.new_commits > 0);
  const commits = bringing.reduce((sum, one) => sum + one.new_commits, 0);
  if (commits === 0) return 'No new commits';
  return `${counted(commits, 'new commit')} in ${counted(bringing.length, 'repository', 'repositories')}`;
}

function whyUnread(unread: readonly Unread[], countedThings: (count: number) => string): string {
  const [first] = unread;
  if (!first) return '';
  if (unread.length === 1) return sentence(`${first.name}: ${first.error}`);
  return `${countedThings(unread.length)} could not be read.`;
}

/** With a small letter at the beginning, for the middle of a sentence. */
export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
