/*
 * Which rows of a long list are in sight, and where its scrollbar stands. All rows are of one height, so that a place
 * is a number. Browsers give up on elements of many million pixels: the room that the scrollbar moves in is never
 * higher than TALLEST, and begins and ends pixel by pixel, with its middle pressed together.
 */

/** How high the room of the scrollbar may be, in pixels; every pixel below is told apart by all web views. */
export const TALLEST = 4_000_000;

/** How much of its beginning and of its end moves pixel by pixel. */
const EDGE = TALLEST / 4;

/** A list, and the part of the window that it is seen through. */
export interface Measure {
  count: number;
  rowHeight: number;
  /** The height that is in sight. */
  viewport: number;
}

/** Rows from `first` to before `end`. */
export interface Range {
  first: number;
  end: number;
}

const height = ({ count, rowHeight }: Measure): number => count * rowHeight;

/** How high the room of the scrollbar is. */
export const roomOf = (measure: Measure): number => Math.min(height(measure), TALLEST);

/** Whether the scrollbar moves in less room than the rows would take. */
export const isPressed = (measure: Measure): boolean => height(measure) > TALLEST;

/** The last place that a list can be scrolled to. */
export const lastTop = (measure: Measure): number => Math.max(0, height(measure) - measure.viewport);

export const within = (top: number, measure: Measure): number => Math.min(Math.max(0, top), lastTop(measure));

/** Which pixel of the list is at the top where the scrollbar stands. */
export function topOf(scroll: number, measure: Measure): number {
  if (!isPressed(measure)) return within(scroll, measure);
  const [last, most] = [lastTop(measure), TALLEST - measure.viewport];
  if (scroll <= EDGE) return within(scroll, measure);
  if (scroll >= most - EDGE) return within(last - (most - scroll), measure);
  return EDGE + ((scroll - EDGE) * (last - 2 * EDGE)) / (most - 2 * EDGE);
}

/** Where the scrollbar stands when this pixel of the list is at the top. */
export function scrollOf(top: number, measure: Measure): number {
  if (!isPressed(measure)) return within(top, measure);
  const [last, most] = [lastTop(measure), TALLEST - measure.viewport];
  if (top <= EDGE) return top;
  if (top >= last - EDGE) return most - (last - top);
  return EDGE + ((top - EDGE) * (most - 2 * EDGE)) / (last - 2 * EDGE);
}

/** The rows in sight, and `over` more on either side. */
export function rowsAt(top: number, { count, rowHeight, viewport }: Measure, over = 0): Range {
  const first = Math.min(Math.max(0, Math.floor(top / rowHeight) - over), count);
  const end = Math.min(count, Math.ceil((top + viewport) / rowHeight) + over);
  return { first, end: Math.max(first, end) };
}

/** How many rows are in sight from their first to their last pixel; one at least. */
export const rowsPerScreen = ({ rowHeight, viewport }: Measure): number =>
  Math.max(1, Math.floor(viewport / rowHeight));

/** The nearest place from which this row is seen whole. */
export function topFor(index: number, top: number, measure: Measure): number {
  const { rowHeight, viewport } = measure;
  const from = index * rowHeight;
  if (from < top) return within(from, measure);
  if (from + rowHeight > top + viewport) return within(from + rowHeight - viewport, measure);
  return within(top, measure);
}

/** What to have at hand: the rows in sight first, then those ahead, then those behind. */
export function rowsToHave(seen: Range, count: number, direction: 1 | -1): number[] {
  const screen = Math.max(1, seen.end - seen.first);
  const [before, after] = direction === 1 ? [screen, 3 * screen] : [3 * screen, screen];
  const ahead = numbers(seen.end, Math.min(count, seen.end + after));
  const behind = numbers(Math.max(0, seen.first - before), seen.first).reverse();
  const here = numbers(seen.first, seen.end);
  return direction === 1 ? [...here, ...ahead, ...behind] : [...here, ...behind, ...ahead];
}

const numbers = (first: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);

/** Where a key leads in a list, from one row; null for a key that leads nowhere. */
export function rowAfter(key: string, from: number, measure: Measure): number | null {
  const page = Math.max(1, rowsPerScreen(measure) - 1);
  const steps: Record<string, number> = {
    ArrowDown: from + 1,
    j: from + 1,
    ArrowUp: from - 1,
    k: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: measure.count - 1,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return step === undefined || measure.count === 0 ? null : Math.min(Math.max(0, step), measure.count - 1);
}
