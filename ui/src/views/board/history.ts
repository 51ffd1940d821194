import type { CardDto, ChangeDto } from '../../lib/backend/backend';
import { localDay } from '../../lib/charts/days';
import type { Category } from '../../lib/words/board';

export interface HistoryDay {
  day: string;
  /** Any moment of it, for words. */
  time: string;
  changes: ChangeDto[];
}

/** Changes by the local day on which they were made, in the order in which they come. */
export function daysOf(changes: readonly ChangeDto[]): HistoryDay[] {
  const days: HistoryDay[] = [];
  for (const change of changes) {
    const day = localDay(Date.parse(change.created));
    const last = days.at(-1);
    if (last?.day === day) last.changes.push(change);
    else days.push({ day, time: change.created, changes: [change] });
  }
  return days;
}

/** The status that a change led to; null where it moved nothing. */
export function movedTo({ items }: ChangeDto): string | null {
  const move = items.find(({ field }) => field.toLowerCase() === 'status');
  return move === undefined ? null : (move.to_string?.trim() ?? '');
}

type Known = Pick<CardDto, 'status' | 'status_category'>;

/** What statuses mean, as far as cards that are at hand tell it: a changelog has their names only. */
export function meaningsOf(cards: readonly Known[]): Map<string, Category> {
  return new Map(cards.map(({ status, status_category }) => [status, status_category ?? 'other']));
}
