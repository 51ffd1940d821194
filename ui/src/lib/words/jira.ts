import type { JiraFailedDto, JiraRunDto } from '../backend/backend';
import { counted } from './count';
import { sentence } from './sentence';

/** What a run of the Jira loop is at: first the boards, then the sprints whose cards are read. */
export interface Stage {
  unit: 'board' | 'sprint';
  done: number;
  /** 0 while nobody knows how many there are. */
  of: number;
}

export function stageOf(run: JiraRunDto): Stage {
  const hasBoardsLeft = run.boards_done < run.boards_of;
  return hasBoardsLeft || run.sprints_of === 0
    ? { unit: 'board', done: run.boards_done, of: run.boards_of }
    : { unit: 'sprint', done: run.sprints_done, of: run.sprints_of };
}

/** `7 of 11 boards`; null while it is not known how many there are. */
export function stageWords(run: JiraRunDto): string | null {
  const { unit, done, of } = stageOf(run);
  return of === 0 ? null : `${done} of ${counted(of, unit)}`;
}

/** What is being read now: `Reading Sprint 42, 38 cards`, `Reading the sprints of Platform and 1 other board`. */
export function jiraReadingNow(run: JiraRunDto): string {
  const [first, ...others] = run.reading;
  if (!first) return run.boards_of === 0 ? 'Looking for boards' : 'Finishing';
  if (first.sprint !== null) {
    const cards = first.cards === 0 ? [] : [counted(first.cards, 'card')];
    return [`Reading ${first.sprint}`, ...cards, ...more(others.length)].join(', ');
  }
  if (first.board === null) return `Reading ${first.account}`;
  if (others.length > 0)
    return `Reading the sprints of ${first.board} and ${counted(others.length, 'other board')}`;
  return `Reading the sprints of ${first.board}`;
}

const more = (count: number): string[] => (count === 0 ? [] : [`and ${counted(count, 'other')}`]);

/** `2 new and 5 changed cards`, `1 new card`, `No new or changed cards`. */
export function cardsFound(fresh: number, changed: number): string {
  if (fresh === 0 && changed === 0) return 'No new or changed cards';
  if (fresh === 0) return counted(changed, 'changed card');
  if (changed === 0) return counted(fresh, 'new card');
  return `${counted(fresh, 'new', 'new')} and ${counted(changed, 'changed card')}`;
}

/** What a run has found so far; null while that is nothing. */
export function foundSoFar({ new_cards, changed_cards }: JiraRunDto): string | null {
  return new_cards + changed_cards === 0 ? null : `${cardsFound(new_cards, changed_cards)} so far`;
}

/** What could not be read so far, the first thing with its reason; null where everything was. */
export function failedLine([first, ...others]: readonly JiraFailedDto[]): string | null {
  if (!first) return null;
  const rest = others.length === 0 ? '' : ` And ${counted(others.length, 'other')} could not be read.`;
  return `${sentence(`Not read: ${first.name}: ${first.error}`)}${rest}`;
}
