import type { BurndownChangeDto, BurndownDto } from '../backend/backend';
import { pointWords } from '../words/board';
import { counted } from '../words/count';
import { localDay, weekendsBetween } from './days';

/** A place in the picture, in hundredths of its width and height. */
export interface Place {
  x: number;
  y: number;
}

/** What was added to the sprint or taken out on one day. */
export interface ScopeMark extends Place {
  day: string;
  added: number;
  removed: number;
}

export interface BurndownPicture {
  /** The step line, as an SVG path. */
  steps: string;
  /** Where the ideal ends; it begins at what was committed. */
  ideal: [Place, Place];
  /** Where the line ends: now, or when the sprint was completed. */
  end: Place;
  marks: ScopeMark[];
  weekends: { x: number; width: number }[];
  /** What the picture's lower and upper edges and its right one stand for. */
  top: number;
  until: number;
}

/** Longer than that, weekends are too many to be seen. */
const LONG = 120 * 24 * 60 * 60_000;

/**
 * What was left, as a picture. A sprint that is over its end goes on to the right of it; `due` is the end that was
 * planned for it, where the ideal ends.
 */
export function burndownPicture(
  burndown: BurndownDto,
  now: number,
  due: string | null = null,
): BurndownPicture {
  const [start, planned] = [Date.parse(burndown.start), Date.parse(burndown.end)];
  const last = Date.parse(burndown.changes.at(-1)?.at ?? burndown.start);
  const until = Math.max(planned, last, start + 1);
  const top = Math.max(1, burndown.committed, ...burndown.changes.map(({ remaining }) => remaining));
  const x = (time: number) => rounded(((Math.max(start, time) - start) / (until - start)) * 100);
  const y = (left: number) => rounded(100 - (Math.max(0, left) / top) * 100);
  const end = { x: x(Math.max(last, Math.min(now, planned))), y: y(burndown.remaining) };
  return {
    steps: stepsOf(burndown, x, y, end),
    ideal: [
      { x: 0, y: y(burndown.committed) },
      { x: x(due === null ? planned : Math.min(Date.parse(due), planned)), y: y(0) },
    ],
    end,
    marks: marksOf(burndown.changes, x, y),
    weekends: until - start > LONG ? [] : shades(start, until, x),
    top,
    until,
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

type Scale = (value: number) => number;

function stepsOf({ committed, changes }: BurndownDto, x: Scale, y: Scale, end: Place): string {
  const steps = changes.map(({ at, remaining }) => `H${x(Date.parse(at))}V${y(remaining)}`);
  return `M0 ${y(committed)}${steps.join('')}H${end.x}V${end.y}`;
}

/** One mark a day, at the last change of that day's scope. */
function marksOf(changes: readonly BurndownChangeDto[], x: Scale, y: Scale): ScopeMark[] {
  const days = new Map<string, ScopeMark>();
  for (const { kind, at, delta, remaining } of changes) {
    if (kind === 'done' || kind === 'reopened') continue;
    const day = localDay(Date.parse(at));
    const before = days.get(day) ?? { added: 0, removed: 0 };
    days.set(day, {
      day,
      x: x(Date.parse(at)),
      y: y(remaining),
      added: before.added + Math.max(0, delta),
      removed: before.removed + Math.max(0, -delta),
    });
  }
  return [...days.values()].filter(({ added, removed }) => added + removed > 0);
}

const shades = (start: number, until: number, x: Scale) =>
  weekendsBetween(start, until).map((weekend) => ({
    x: x(weekend.from),
    width: rounded(x(weekend.until) - x(weekend.from)),
  }));

type Unit = BurndownDto['unit'];

const NUMBERS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** `3 points`, `1 card`. */
export const amount = (count: number, unit: Unit): string =>
  unit === 'points' ? pointWords(count) : counted(count, 'card');

/** `+3`, `−2.5`, `0`. */
export const signed = (delta: number): string =>
  `${delta > 0 ? '+' : delta < 0 ? '−' : ''}${NUMBERS.format(Math.abs(delta))}`;

export const plain = (count: number): string => NUMBERS.format(count);

/** `34 points when it began, 24 left: 13 done, 5 added, 2 taken out.` Estimates that grew or shrank are among the last two. */
export function burndownSentence(burndown: BurndownDto): string {
  const { unit, committed, remaining, done, added, removed } = burndown;
  const parts = [part(done, 'done'), part(added, 'added'), part(removed, 'taken out')];
  const told = parts.filter((words) => words !== null);
  const since = told.length === 0 ? 'nothing has changed since' : told.join(', ');
  return `${amount(committed, unit)} when it began, ${plain(remaining)} left: ${since}.`;
}

const part = (count: number, what: string): string | null => (count === 0 ? null : `${plain(count)} ${what}`);

const KINDS: Record<BurndownChangeDto['kind'], string> = {
  added: 'added to the sprint',
  removed: 'taken out of the sprint',
  estimated: 'estimated anew',
  done: 'done',
  reopened: 'reopened',
};

export const kindWords = ({ kind }: BurndownChangeDto): string => KINDS[kind];

/** What a mark stands for: `+3`, `−2`, `+3 −2`. */
export const markWords = ({ added, removed }: ScopeMark): string =>
  [added, -removed]
    .filter((delta) => delta !== 0)
    .map(signed)
    .join(' ');
