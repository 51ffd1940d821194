/** A whole text: macros that hold others, and the lines in them. */
import { Ahead, foundFrom, skipBlanks } from './ahead';
import { Lines } from './lines';
import { Past } from './past';
import { startsRow } from './rows';
import type { Block, Tone } from './tree';

const MACRO = /\n|\\[^\n]|\{(?:(code|noformat)|(quote|panel|info|note|tip|warning))(?::([^{}\n]*))?\}/g;

/** A macro that is not closed yet; the whole text is one as well. */
interface Open {
  name: string;
  tag: string;
  caption: string;
  lines: Lines;
}

/** How a cell is read. No table is in a cell. */
type CellReader = (text: string) => Block[];

interface Tag {
  tag: string;
  name: string;
  params: string | undefined;
  at: number;
  end: number;
}

/** What a text is. A macro that is never closed in it is the text of its tag. */
export const parse = (text: string): Block[] =>
  blocksIn(text.replace(/\r\n?/g, '\n'), new Past({ goesOn: false }));

/** What the beginning of a text is. A macro that is not closed yet goes on to its end. */
export const parseBeginning = (text: string): Block[] =>
  blocksIn(text.replace(/\r\n?/g, '\n'), new Past({ goesOn: true }));

const blocksIn = (text: string, past: Past): Block[] =>
  new Macros(text, past, (cell) => new Macros(cell, past, null).read()).read();

/** Finds macros in one go. Each name is open at most once, so that as many are in each other as there are names. */
class Macros {
  readonly #text: string;
  readonly #past: Past;
  readonly #cell: CellReader | null;
  readonly #ahead: Ahead;
  /** The whole text, and in it what is not closed yet. */
  readonly #open: [Open, ...Open[]];
  /** Up to where the text is in blocks. */
  #done = 0;

  constructor(text: string, past: Past, cell: CellReader | null) {
    this.#text = text;
    this.#past = past;
    this.#cell = cell;
    this.#ahead = new Ahead(text);
    this.#open = [this.#opened('', '', '')];
  }

  read(): Block[] {
    let isRow = this.#isRowAt(0);
    let found = foundFrom(MACRO, this.#text, 0);
    while (found) {
      const { 0: tag, 1: verbatim, 2: holding, 3: params, index: at } = found;
      let end = at + tag.length;
      if (tag === '\n') isRow = this.#isRowAt(end);
      // What stands in a row belongs to a cell of it.
      else if (verbatim && isRow) end = this.#endOf(verbatim, end) ?? end;
      else if (verbatim) end = this.#verbatim({ tag, name: verbatim, params, at, end });
      else if (holding && !isRow) this.#holding({ tag, name: holding, params, at, end });
      found = foundFrom(MACRO, this.#text, end);
    }
    this.#readTo(this.#text.length);
    while (this.#open.length > 1) {
      if (this.#past.goesOn) this.#close();
      else this.#spill();
    }
    return this.#open[0].lines.blocks;
  }

  /** Reads what is shown as it was written, and says where that ends. */
  #verbatim({ name, params = '', at, end }: Tag): number {
    const behind = this.#endOf(name, end);
    if (behind === null) return end;
    const text = this.#text.slice(end, this.#ahead.find(`{${name}}`, end));
    this.#readTo(at);
    this.#done = skipBlanks(this.#text, behind);
    const [caption, shown] = [captionOf(params), text.replace(/^[ \t]*\n/, '').trimEnd()];
    if (caption !== '' || shown !== '') this.#last().lines.add({ kind: 'code', caption, text: shown });
    return behind;
  }

  /** Where a macro ends whose content begins at a place; null where it does not. */
  #endOf(name: string, begin: number): number | null {
    const close = this.#ahead.find(`{${name}}`, begin);
    if (close < this.#text.length) return close + name.length + 2;
    return this.#past.goesOn ? close : null;
  }

  #holding({ tag, name, params, at, end }: Tag): void {
    const open = this.#open.findIndex((one) => one.name === name);
    const isEnd = open > 0 && params === undefined;
    const isBegin = open < 0 && this.#endOf(name, end) !== null;
    // A quote has no title that could show what its tag says.
    if (!(isEnd || isBegin) || (name === 'quote' && params)) return;
    this.#readTo(at);
    this.#done = skipBlanks(this.#text, end);
    if (isBegin) {
      this.#open.push(this.#opened(name, tag, captionOf(params ?? '')));
      return;
    }
    while (this.#open.length > open + 1) this.#spill();
    this.#close();
  }

  /** Ends the last macro: what is in it becomes one block. */
  #close(): void {
    const { name, caption, lines } = this.#open.pop() as Open;
    const inner = lines.blocks;
    if (inner.length === 0 && caption === '') return;
    if (name === 'quote') this.#last().lines.add({ kind: 'quote', inner });
    else this.#last().lines.add({ kind: 'panel', tone: name as Tone, caption, inner });
  }

  /** Gives up the last macro: its tag is text, and what is in it stands behind that. */
  #spill(): void {
    const { tag, lines } = this.#open.pop() as Open;
    const above = this.#last().lines;
    above.add({ kind: 'paragraph', inner: [{ kind: 'text', text: tag }] });
    for (const block of lines.blocks) above.add(block);
  }

  #readTo(at: number): void {
    this.#last().lines.read(this.#text.slice(this.#done, at));
    this.#done = at;
  }

  #isRowAt(at: number): boolean {
    return this.#cell !== null && startsRow(this.#text, at);
  }

  #last(): Open {
    return this.#open.at(-1) ?? this.#open[0];
  }

  #opened(name: string, tag: string, caption: string): Open {
    return { name, tag, caption, lines: new Lines(this.#past, this.#cell) };
  }
}

/** What the parameters of a macro say: a title, a language. How it is drawn is not theirs to say. */
function captionOf(params: string): string {
  const parts = params.split('|').map((part) => part.trim());
  const words = parts.map((part) =>
    part.startsWith('title=') ? part.slice(6) : part.includes('=') ? '' : part,
  );
  return words.filter((word) => word !== '').join(' · ');
}
