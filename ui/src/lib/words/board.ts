import type { CardDto } from '../backend/backend';
import { counted, grouped } from './count';

/** What a status means. `other` is what Jira did not say. */
export type Category = 'todo' | 'in_progress' | 'done' | 'other';

export interface Column {
  category: Category;
  title: string;
  /** Which of the quiet hues stands for it. */
  hue: number;
  /** What is there, then what is gone. */
  cards: CardDto[];
  /** How many of them are there. */
  count: number;
}

/** Which of the quiet hues stands for a category. */
export const HUE_OF: Record<Category, number> = { todo: 5, in_progress: 1, done: 0, other: 2 };

const COLUMNS: readonly Pick<Column, 'category' | 'title' | 'hue'>[] = [
  { category: 'todo', title: 'To do', hue: HUE_OF.todo },
  { category: 'in_progress', title: 'In progress', hue: HUE_OF.in_progress },
  { category: 'done', title: 'Done', hue: HUE_OF.done },
  { category: 'other', title: 'No category', hue: HUE_OF.other },
];

/** The cards by what their status means. The last column is there only where it holds something. */
export function columnsOf(cards: readonly CardDto[]): Column[] {
  return COLUMNS.map((column) => {
    const own = cards.filter((card) => (card.status_category ?? 'other') === column.category);
    const present = own.filter(({ removed }) => removed === false);
    const gone = own.filter(({ removed }) => removed !== false);
    return { ...column, cards: [...present, ...gone], count: present.length };
  }).filter(({ category, cards: own }) => category !== 'other' || own.length > 0);
}

/** Points, which may be halves. */
export const POINTS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** `3 points`, `1 point`, `0.5 points`. */
export const pointWords = (points: number): string =>
  `${POINTS.format(points)} ${points === 1 ? 'point' : 'points'}`;

/** How far a sprint is, in one sentence. Cards that are gone do not count. */
export function tallySentence(cards: readonly CardDto[]): string {
  const present = cards.filter(({ removed }) => removed === false);
  if (present.length === 0) return 'It has no cards.';
  const done = present.filter(isDone);
  const all = `${grouped(done.length)} of ${counted(present.length, 'card')} done`;
  const points = sumOf(present);
  if (points === 0) return `${all}.`;
  return `${all}, ${POINTS.format(sumOf(done))} of ${pointWords(points)}.`;
}

const isDone = ({ status_category }: CardDto): boolean => status_category === 'done';

const sumOf = (cards: readonly CardDto[]): number =>
  cards.reduce((sum, { story_points }) => sum + (story_points ?? 0), 0);

/** Why a card is not on its board any more; null while it is. */
export function goneWords({ removed }: Pick<CardDto, 'removed'>): { word: string; detail: string } | null {
  switch (removed) {
    case false:
      return null;
    case 'deleted':
      return { word: 'deleted', detail: 'Jira does not know it any more. What was read of it stays here.' };
    case 'moved':
      return {
        word: 'moved away',
        detail: 'It was moved to a project that this account does not read. What was read of it stays here.',
      };
  }
}
