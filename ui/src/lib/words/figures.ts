import type { OverviewDto, SprintProgressDto, StatusCountDto } from '../backend/backend';
import { HUE_OF, POINTS, pointWords } from './board';
import { clip } from './clip';
import { counted, grouped } from './count';

/** How many of the commits belong to a card, in percent; null where there are none. It is never rounded to all. */
export function linkedShare({ linked, total }: Pick<OverviewDto, 'linked' | 'total'>): number | null {
  if (total === 0) return null;
  const share = (linked / total) * 100;
  return linked < total ? Math.min(99, Math.round(share)) : 100;
}

/** `of 112 commits in 30 days` */
export const sharedOf = ({ total, days }: Pick<OverviewDto, 'total' | 'days'>): string =>
  `of ${counted(total, 'commit')} in ${counted(days.length, 'day')}`;

export interface Progress {
  done: number;
  left: number;
  /** `21 of 34 points done`, `3 of 9 cards done`. */
  words: string;
}

/** How far a sprint is: in points, where its cards have any. */
export function progressOf({ cards, done, points, points_done }: SprintProgressDto): Progress {
  if (points === null || points === 0) {
    const words = cards === 0 ? 'no cards' : `${grouped(done)} of ${counted(cards, 'card')} done`;
    return { done, left: Math.max(0, cards - done), words };
  }
  const all = points_done ?? 0;
  return {
    done: all,
    left: Math.max(0, points - all),
    words: `${POINTS.format(all)} of ${pointWords(points)} done`,
  };
}

export interface StatusPart {
  name: string;
  count: number;
  hue: number;
}

/** What a status means, in words. */
export const categoryWords = (category: StatusCountDto['category']): string =>
  category === null ? 'not told' : { todo: 'to do', in_progress: 'in progress', done: 'done' }[category];

/** A board with more statuses than these is told by the first ones and the rest. */
const MOST = 8;

/** Cards by status, in the order of the board, each with the hue of what it means. */
export function statusParts(statuses: readonly StatusCountDto[]): StatusPart[] {
  const held = statuses.filter(({ cards }) => cards > 0);
  const shown = held.length > MOST ? held.slice(0, MOST - 1) : held;
  const rest = held.slice(shown.length);
  const parts = shown.map(({ status, category, cards }) => ({
    name: clip(status, 60) || 'no status',
    count: cards,
    hue: HUE_OF[category ?? 'other'],
  }));
  if (rest.length === 0) return parts;
  const count = rest.reduce((sum, { cards }) => sum + cards, 0);
  return [
    ...parts,
    { name: counted(rest.length, 'other status', 'other statuses'), count, hue: HUE_OF.other },
  ];
}
