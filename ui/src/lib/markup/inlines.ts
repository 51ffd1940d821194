/** Lines of running text: marks of emphasis, escapes, colours, and the parts in which none of them counts. */
import { Ahead, foundFrom, skipBlanks } from './ahead';
import { atomAt, isWord } from './atoms';
import type { Past } from './past';
import type { Inline, Mark } from './tree';

const MARKS = new Map<string, Mark>([
  ['*', 'strong'],
  ['_', 'em'],
  ['??', 'cite'],
  ['-', 'del'],
  ['+', 'ins'],
  ['^', 'sup'],
  ['~', 'sub'],
]);
/** Where something may begin. */
const ANY = /https?:\/\/|\?\?|[\\{[!*_+^~\n-]/gi;
/** The same in a label, which is a link already. */
const IN_LABEL = /\?\?|[\\{*_+^~\n-]/g;
/** `{*}` is a mark in the middle of a word. */
const TAG = /\{(?:(\*|_|-|\+|\^|~|\?\?)|(color)|color:[#\w(), .%-]+|anchor:[^{}\n]*)\}/y;
const ESCAPABLE = '*_-+^~?{}[]|!#';

/** What a text says that has no blocks in it. */
export const inlinesIn = (text: string, past: Past): Inline[] => new Inlines(text, past).read(ANY);

/**
 * Every notation is written down as text until its end is found. Each mark is begun at most once at a time, so that
 * looking for its beginning takes no time, and none is ever inside itself.
 */
class Inlines {
  readonly #text: string;
  readonly #past: Past;
  readonly #ahead: Ahead;
  readonly #nodes: Inline[] = [];
  /** Where in the nodes a mark was begun. */
  readonly #begun = new Map<Mark, number>();
  /** Up to where the text is in the nodes. */
  #done = 0;

  constructor(text: string, past: Past) {
    this.#text = text;
    this.#past = past;
    this.#ahead = new Ahead(text);
  }

  read(places: RegExp): Inline[] {
    let next = foundFrom(places, this.#text, 0);
    while (next) next = foundFrom(places, this.#text, this.#notation(next[0], next.index));
    this.#put(null, this.#text.length, this.#text.length);
    return joined(this.#nodes);
  }

  /** Reads what begins at a place, and says where it ends. */
  #notation(found: string, at: number): number {
    const mark = MARKS.get(found);
    if (mark) return this.#mark(mark, found, at);
    if (found === '\\') return this.#backslash(at);
    if (found === '\n') this.#begun.clear();
    const atom = atomAt(this.#ahead, at, (text) => new Inlines(text, this.#past).read(IN_LABEL));
    if (atom) return this.#put(atom.node, at, atom.end);
    return found === '{' ? this.#tag(at) : at + found.length;
  }

  /** A mark begins before a word and ends behind one. */
  #mark(mark: Mark, written: string, at: number): number {
    const end = at + written.length;
    const [before = ' ', after = ' '] = [this.#text[at - 1], this.#text[end]];
    if (before === written[0] || after === written[0]) return end;
    if (this.#begun.has(mark) && before.trim() && !isWord(after)) return this.#end(mark, at, end);
    return after.trim() && !isWord(before) ? this.#begin(mark, at, end) : end;
  }

  #begin(mark: Mark, at: number, end: number): number {
    this.#put(null, at, at);
    this.#begun.set(mark, this.#nodes.length);
    return this.#put({ kind: 'text', text: this.#text.slice(at, end) }, at, end);
  }

  #end(mark: Mark, at: number, end: number): number {
    const from = this.#begun.get(mark) ?? 0;
    this.#put(null, at, end);
    const [, ...inner] = this.#nodes.splice(from);
    for (const [other, begun] of this.#begun) if (begun >= from) this.#begun.delete(other);
    if (inner.length > 0) this.#nodes.push({ kind: 'mark', mark, inner: joined(inner) });
    return end;
  }

  #backslash(at: number): number {
    const text = this.#text;
    if (text[at + 1] === '\\') return this.#break(at);
    if (!ESCAPABLE.includes(text[at + 1] ?? ' ')) return at + 1;
    return this.#put({ kind: 'text', text: text.charAt(at + 1) }, at, at + 2);
  }

  /** Two backslashes break a line, but for those before the name of a server. */
  #break(at: number): number {
    const text = this.#text;
    let end = at + 2;
    while (text[end] === '\\') end += 1;
    const isServer = !isWord(text[at - 1] ?? '') && isWord(text[end] ?? '');
    if (end > at + 2 || isServer) return end;
    return this.#put({ kind: 'text', text: '\n' }, at, skipBlanks(text, end));
  }

  #tag(at: number): number {
    const [whole, sign, isColourEnd] = foundFrom(TAG, this.#text, at) ?? [];
    if (whole === undefined) return at + 1;
    const end = at + whole.length;
    const mark = MARKS.get(sign ?? '');
    if (mark) return this.#begun.has(mark) ? this.#end(mark, at, end) : this.#begin(mark, at, end);
    if (isColourEnd && this.#past.colours === 0) return end;
    if (isColourEnd) this.#past.colours -= 1;
    else if (whole.startsWith('{color')) this.#past.colours += 1;
    return this.#put(null, at, end);
  }

  /** Writes down the text up to a notation, and what the notation means. */
  #put(node: Inline | null, at: number, end: number): number {
    if (at > this.#done) this.#nodes.push({ kind: 'text', text: this.#text.slice(this.#done, at) });
    if (node) this.#nodes.push(node);
    this.#done = end;
    return end;
  }
}

/** The same with one text where several stand beside each other. */
function joined(nodes: readonly Inline[]): Inline[] {
  const all: Inline[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    if (node.kind === 'text' && last?.kind === 'text')
      all[all.length - 1] = { kind: 'text', text: last.text + node.text };
    else all.push(node);
  }
  return all;
}
