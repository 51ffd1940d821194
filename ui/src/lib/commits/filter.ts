import type { CommitDto } from '../backend/backend';

/** The first line of a message, which is all that a row shows. */
export function firstLine(message: string): string {
  const [line = ''] = message.trimStart().split('\n', 1);
  return line.trim();
}

export const shortSha = (sha: string): string => sha.slice(0, 7);

/** The commits that have every word of `text` somewhere: message, author, SHA, branch or card key. */
export function matching(commits: readonly CommitDto[], text: string): readonly CommitDto[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commits;
  return commits.filter((commit) => {
    const all = searchable(commit);
    return words.every((word) => all.includes(word));
  });
}

function searchable(commit: CommitDto): string {
  const { message, author, sha, repo, branches, jira_card_keys } = commit;
  return [message, author, sha, repo, commit.branch ?? '', ...branches, ...jira_card_keys]
    .join('\n')
    .toLowerCase();
}

/** A commit is the same one only within its repository: forks share SHAs. */
export const keyOf = ({ repo, sha }: Pick<CommitDto, 'repo' | 'sha'>): string => `${repo}\n${sha}`;
