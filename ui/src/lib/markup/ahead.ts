/** Looks ahead in a text, and remembers what it saw: hostile texts ask for the same closing mark from every place. */
export class Ahead {
  readonly #seen = new Map<string, { from: number; at: number }>();

  constructor(readonly text: string) {}

  /** Where `what` comes next, from a place on; the end of the text where it does not come. */
  find(what: string, from: number): number {
    const seen = this.#seen.get(what);
    if (seen && seen.from <= from && from <= seen.at) return seen.at;
    const found = this.text.indexOf(what, from);
    const at = found < 0 ? this.text.length : found;
    this.#seen.set(what, { from, at });
    return at;
  }

  /** Where `what` comes next in the same line, or -1. */
  findInLine(what: string, from: number): number {
    const at = this.find(what, from);
    return at < this.find('\n', from) ? at : -1;
  }
}

/** What a pattern, global or sticky, finds from a place on. */
export function foundFrom(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const BLANKS = /[ \t]*\n?/y;

/** Behind the blanks that stand at a place, and behind their line where nothing else does. */
export const skipBlanks = (text: string, at: number): number =>
  at + (foundFrom(BLANKS, text, at)?.[0].length ?? 0);
