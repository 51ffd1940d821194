/** Rows of tables: bars between cells, but for the bars of what stands in them. */
import { foundFrom, type Ahead } from './ahead';
import { atomAt } from './atoms';

export interface Row {
  cells: { isHead: boolean; text: string }[];
  end: number;
}

const BAR_FIRST = /[ \t]*\|/y;
const EMPTY_LINE = /[ \t]*(?:\n|$)/y;
const TAG = /\{(\w+)(?::[^{}\n]*)?\}/y;

/** Whether the line that begins at a place begins with a bar. */
export const startsRow = (text: string, at: number): boolean => foundFrom(BAR_FIRST, text, at) !== null;

/**
 * The row whose line begins at a place; null where there is one bar only, and none was cut off. A cell may go on in the
 * next lines where a bar ends it there.
 */
export function rowAt(ahead: Ahead, from: number, { goesOn }: { goesOn: boolean }): Row | null {
  const { text } = ahead;
  const cells: Row['cells'] = [];
  /** The end of the first line of the cell that is being read. */
  let lineEnd: number | null = null;
  let begin = -1;
  let isHead = false;
  let isBlank = true;
  let at = from;
  const upTo = (end: number) => ({ isHead, text: text.slice(begin, end) });
  while (at < text.length) {
    if (text[at] === '|') {
      if (begin >= 0) cells.push(upTo(at));
      isHead = text[at + 1] === '|';
      while (text[at] === '|') at += 1;
      [begin, lineEnd, isBlank] = [at, null, true];
    } else if (text[at] === '\n') {
      if (isBlank) break;
      lineEnd ??= at;
      at += 1;
      if (foundFrom(EMPTY_LINE, text, at) || startsRow(text, at)) break;
    } else {
      isBlank &&= text.charAt(at).trim() === '';
      at = behind(ahead, at);
    }
  }
  if (isBlank) return cells.length > 0 ? { cells, end: at + 1 } : null;
  const end = lineEnd ?? text.length;
  return cells.length > 0 || (goesOn && end === text.length)
    ? { cells: [...cells, upTo(end)], end: end + 1 }
    : null;
}

/** Behind what stands at a place, whose bars are its own. */
function behind(ahead: Ahead, at: number): number {
  const { text } = ahead;
  if (text[at] === '\\' && text[at + 1] !== '\n') return at + 2;
  if (!'{[!'.includes(text.charAt(at))) return at + 1;
  const atom = atomAt(ahead, at, () => []);
  if (atom) return atom.end;
  const [tag = ' ', name] = foundFrom(TAG, text, at) ?? [];
  const end = at + tag.length;
  if (name !== 'code' && name !== 'noformat') return end;
  const close = ahead.find(`{${name}}`, end);
  return close < text.length ? close + name.length + 2 : end;
}
