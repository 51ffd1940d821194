import type { CommitLinkDto, CommitShowDto, LinkDto, SuggestionDto } from '../backend/backend';
import { counted } from '../words/count';
import { firstLine } from './filter';
import { isoDay } from './period';

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });

/** How far a walk has come: `12,400 commits so far, back to March 2024 …`, in the end `1,000,000 commits`. The dots say that it goes on. */
export function walkWords(count: number, isWhole: boolean, seenUntil: string | null, isGoing = true): string {
  if (isWhole) return count === 0 ? '' : counted(count, 'commit');
  const reached = seenUntil === null ? '' : `, back to ${MONTH.format(new Date(seenUntil))}`;
  return `${counted(count, 'commit')} so far${reached}${isGoing ? ' …' : ''}`;
}

const PROVENANCES: Record<CommitLinkDto['provenance'], string> = {
  message: 'from the message',
  branch: 'from the branch',
  manual: 'by hand',
};

/** Where a link comes from. */
export const provenanceWords = ({ provenance }: CommitLinkDto): string => PROVENANCES[provenance];

const WHYS: Record<SuggestionDto['why'], string> = {
  branch: 'its branch speaks of it',
  neighbour: 'a neighbouring commit belongs to it',
  in_progress: 'was in progress, assigned to the author',
};

/** Why a card is suggested. */
export const whyWords = ({ why }: SuggestionDto): string => WHYS[why];

/** What a call did: `Linked to CORE-318.`; forks have the same commit. */
export function linkedWords({ key, linked, changed, repos }: LinkDto): string {
  const where = repos.length > 1 ? ` in ${repos.length} repositories` : '';
  if (!changed) return linked ? `It belongs to ${key} already.` : `It did not belong to ${key}.`;
  return linked ? `Linked to ${key}${where}.` : `No longer linked to ${key}${where}.`;
}

/** A commit as a line of a timesheet: day, card, repository, what was done. */
export function timesheetLine({
  date,
  jira_card_keys,
  repo,
  message,
}: Pick<CommitShowDto, 'date' | 'jira_card_keys' | 'repo' | 'message'>): string {
  const keys = jira_card_keys.length === 0 ? 'no card' : jira_card_keys.join(', ');
  return [isoDay(new Date(date)), keys, repo, firstLine(message) || 'No message'].join('  ');
}

const KEY = /^[a-z][a-z0-9_]*-[0-9]+$/i;

/** The key of a card that somebody typed, as Jira writes it; null for anything else. */
export function typedKey(text: string): string | null {
  const trimmed = text.trim();
  return KEY.test(trimmed) ? trimmed.toUpperCase() : null;
}

/** What stands in the place of cards where none is shown. */
export function searchWords({ isBusy, problem }: { isBusy: boolean; problem: unknown }): string {
  if (isBusy) return 'Looking…';
  return problem === null ? 'No card has these words.' : 'Cards could not be read.';
}
