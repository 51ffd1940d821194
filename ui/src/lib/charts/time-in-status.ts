import type { CardDetailsDto, ChangeDto } from '../backend/backend';
import { HUE_OF, type Category } from '../words/board';
import { counted } from '../words/count';
import { HUES } from '../words/hue';

/** How long a card was in a status, all in all. */
export interface StatusTime {
  status: string;
  milliseconds: number;
  /** Whether it is there now. */
  isNow: boolean;
}

type Told = Pick<CardDetailsDto, 'created' | 'changelog' | 'status' | 'status_category'>;

interface Move {
  at: number;
  from: string;
  to: string;
}

/** More than these are told as one. */
const MOST = 5;

/**
 * How long a card was in each status, in the order in which it came there. What is done is not counted on: nobody
 * works on it. Null where nothing is known but where it is.
 */
export function timeInStatus(card: Told, now: number): StatusTime[] | null {
  const moves = movesOf(card.changelog);
  const [first] = moves;
  if (!first) return null;
  const sums = new Map<string, number>();
  const add = (status: string, from: number, until: number) =>
    sums.set(status, (sums.get(status) ?? 0) + Math.max(0, until - from));
  let since = Date.parse(card.created);
  let current = first.from;
  for (const { at, from, to } of moves) {
    add(from, since, at);
    since = Math.max(since, at);
    current = to;
  }
  if (card.status_category !== 'done') add(current, since, now);
  return longestOf([...sums], current);
}

function movesOf(changelog: readonly ChangeDto[]): Move[] {
  const moves = changelog.flatMap(({ created, items }) =>
    items.filter(isMove).map(({ from_string, to_string }) => ({
      at: Date.parse(created),
      from: from_string?.trim() || 'no status',
      to: to_string?.trim() || 'no status',
    })),
  );
  return moves.sort((one, other) => one.at - other.at);
}

const isMove = ({ field, field_id }: ChangeDto['items'][number]): boolean =>
  field_id === undefined ? field.toLowerCase() === 'status' : field_id === 'status';

/** The longest by name, and the others together. */
function longestOf(sums: readonly [string, number][], current: string): StatusTime[] {
  const longest = [...sums].sort(([, one], [, other]) => other - one).slice(0, MOST);
  const kept = sums.length <= MOST + 1 ? sums : sums.filter((one) => longest.includes(one));
  const others = sums.filter((one) => !kept.includes(one));
  const told = kept.map(([status, milliseconds]) => ({ status, milliseconds, isNow: status === current }));
  if (others.length === 0) return told;
  const rest = others.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);
  const isNow = others.some(([status]) => status === current);
  const status = counted(others.length, 'other');
  return [...told, { status, milliseconds: rest, isNow }];
}

/** A hue for each status: the one of its column for the first that means the same, else one that is free. */
export function statusHues(statuses: readonly string[], meanings: ReadonlyMap<string, Category>): number[] {
  const hues = new Map<string, number>();
  const taken = () => [...hues.values()];
  for (const status of statuses) {
    const hue = HUE_OF[meanings.get(status) ?? 'other'];
    if (meanings.has(status) && !taken().includes(hue)) hues.set(status, hue);
  }
  return statuses.map((status) => {
    const free = Array.from({ length: HUES }, (_, hue) => hue).filter((hue) => !taken().includes(hue));
    const hue = hues.get(status) ?? free[0] ?? HUES - 1;
    hues.set(status, hue);
    return hue;
  });
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 days`, `5 hours`, `20 minutes`, `under a minute`. */
export function spanWords(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'under a minute';
  if (milliseconds < HOUR) return counted(Math.floor(milliseconds / MINUTE), 'minute');
  if (milliseconds < 2 * DAY) return counted(Math.floor(milliseconds / HOUR), 'hour');
  return counted(Math.floor(milliseconds / DAY), 'day');
}
