import type { OverviewDto } from '../backend/backend';
import { counted, grouped } from '../words/count';
import { distinctHues, HUES } from '../words/hue';
import { isWeekend, longDay, weekdayOf } from './days';
import { topOf } from './scale';

type Figures = Pick<OverviewDto, 'days' | 'commits'>;

export interface Series {
  /** The repository, or what stands for all others. */
  name: string;
  hue: number;
  counts: readonly number[];
}

/** A piece of a bar, in the measure of the picture. */
export interface Piece {
  name: string;
  hue: number;
  count: number;
  y: number;
  height: number;
}

export interface DayColumn {
  day: string;
  total: number;
  isWeekend: boolean;
  isToday: boolean;
  pieces: Piece[];
}

export interface CommitDays {
  series: Series[];
  columns: DayColumn[];
  /** The number that the picture's upper edge stands for. */
  top: number;
}

/** Between two pieces, so that they are two without their colours. */
const GAP = 1;

/** Commits per day as stacked bars of a picture that is so high. */
export function commitDays({ days, commits }: Figures, height: number): CommitDays {
  const series = seriesOf(commits);
  const totals = totalsOf({ days, commits });
  const top = topOf(Math.max(0, ...totals));
  const columns = days.map((day, at) => ({
    day,
    total: totals[at] ?? 0,
    isWeekend: isWeekend(day),
    isToday: at === days.length - 1,
    pieces: stacked(series, at, height / top, height),
  }));
  return { series, columns, top };
}

/** The repositories that have bars of their own, the busiest first. */
export const picturedOf = ({ commits }: Pick<Figures, 'commits'>): string[] =>
  shownOf(commits).flatMap(({ repo }) => repo ?? []);

const shownOf = (commits: Figures['commits']): Figures['commits'] =>
  commits.filter(({ counts }) => counts.some((count) => count > 0));

function seriesOf(commits: Figures['commits']): Series[] {
  const hues = distinctHues(picturedOf({ commits }));
  return shownOf(commits).map(({ repo, counts }) => ({
    name: repo ?? 'others',
    hue: repo === null ? HUES - 1 : (hues.get(repo) ?? 0),
    counts,
  }));
}

function stacked(series: readonly Series[], at: number, scale: number, height: number): Piece[] {
  let y = height;
  return series.flatMap(({ name, hue, counts }) => {
    const count = counts[at] ?? 0;
    if (count === 0) return [];
    y -= count * scale;
    return [{ name, hue, count, y, height: Math.max(1, count * scale - GAP) }];
  });
}

const totalsOf = ({ days, commits }: Figures): number[] =>
  days.map((_, at) => commits.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0));

/** `112 commits in 30 days, most on Tuesdays; 9 today.` */
export function daysSentence(figures: Figures): string {
  const totals = totalsOf(figures);
  const total = totals.reduce((sum, count) => sum + count, 0);
  const span = `in ${counted(figures.days.length, 'day')}`;
  if (total === 0) return `No commits ${span}.`;
  const busiest = busiestWeekday(figures.days, totals);
  const today = totals.at(-1) ?? 0;
  const when = busiest === null ? '' : `, most on ${busiest}s`;
  return `${counted(total, 'commit')} ${span}${when}; ${today === 0 ? 'none' : grouped(today)} today.`;
}

/** The weekday with the most commits; null where no single one has, or too few days say anything of weekdays. */
function busiestWeekday(days: readonly string[], totals: readonly number[]): string | null {
  if (days.length < 14) return null;
  const sums = new Map<string, number>();
  days.forEach((day, at) => sums.set(weekdayOf(day), (sums.get(weekdayOf(day)) ?? 0) + (totals[at] ?? 0)));
  const [first, second] = [...sums].sort(([, one], [, other]) => other - one);
  return first && first[1] > (second?.[1] ?? 0) && first[1] > 1 ? first[0] : null;
}

/** A day in words: `Tue 17 Nov: 9 commits, acme/api 5, acme/web 4`. */
export function dayWords({ day, total, isToday, pieces }: DayColumn): string {
  const name = isToday ? `${longDay(day)}, today` : longDay(day);
  const parts = pieces.map((piece) => `${piece.name} ${grouped(piece.count)}`);
  return `${name}: ${[total === 0 ? 'no commits' : counted(total, 'commit'), ...parts].join(', ')}`;
}
