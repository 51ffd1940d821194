/** Text between macros, line by line: paragraphs, headings, lists, rules and tables. */
import { Ahead } from './ahead';
import { inlinesIn } from './inlines';
import type { Past } from './past';
import { rowAt, startsRow, type Row } from './rows';
import type { Block, Cell, Item, List } from './tree';

// The last part of each takes everything (a dot would not), so that none is tried again from another place.
const RULE = /^\s*-{4,}\s*$/;
const HEADING = /^\s*h([1-6])\.\s+(\S[^]*)$/;
const QUOTE = /^\s*bq\.\s+(\S[^]*)$/;
/** Ten lists in each other, and no more. */
const ITEM = /^\s*(-|[*#]{1,10})\s+([^]*)$/;

/** A list that may get more items. */
interface OpenList {
  marker: string;
  list: List;
}

/** The blocks of one container, which grow by its lines and by the blocks between them. */
export class Lines {
  readonly blocks: Block[] = [];
  readonly #past: Past;
  readonly #cell: ((text: string) => Block[]) | null;
  /** Lines that belong together, and the item that they begin. */
  #loose: string[] = [];
  #begun: Item | null = null;
  /** From the outermost to the one of the last item. */
  #lists: OpenList[] = [];
  #rows: Cell[][] | null = null;

  /** `cell` is how the text of a cell is read; none where bars make no tables. */
  constructor(past: Past, cell: ((text: string) => Block[]) | null) {
    this.#past = past;
    this.#cell = cell;
  }

  /** Reads lines, the first and last of which may be parts of one. */
  read(text: string): void {
    const ahead = new Ahead(text);
    let at = 0;
    while (at < text.length) at = this.#rowAt(ahead, at) ?? this.#lineAt(text, at);
    this.#settle();
  }

  /** Adds a block that stands between lines. Behind a line of an item, it is a part of that item. */
  add(block: Block): void {
    this.#settle();
    this.#rows = null;
    this.#place().push(block);
  }

  /** Reads a row, and says where the next line begins; null where none begins here. */
  #rowAt(ahead: Ahead, at: number): number | null {
    const row = this.#cell && startsRow(ahead.text, at) ? rowAt(ahead, at, this.#past) : null;
    if (row) this.#row(row);
    return row && row.end;
  }

  #lineAt(text: string, at: number): number {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    this.#line(text.slice(at, end));
    return end + 1;
  }

  #line(line: string): void {
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    this.#rows = null;
    if (line.trim() === '') this.#endLists();
    else if (RULE.test(line)) this.#alone({ kind: 'rule' });
    else if (heading) this.#heading(Number(heading[1]), heading[2] ?? '');
    else if (QUOTE.test(line)) this.#quote(QUOTE.exec(line)?.[1] ?? '');
    else if (item) this.#item(item[1] ?? '', item[2] ?? '');
    else this.#loose.push(line);
  }

  #heading(rank: number, text: string): void {
    const depth = this.#past.depthOf(rank);
    this.#alone({ kind: 'heading', depth, inner: inlinesIn(text.trim(), this.#past) });
  }

  #quote(text: string): void {
    const inner = inlinesIn(text.trim(), this.#past);
    this.#alone({ kind: 'quote', inner: [{ kind: 'paragraph', inner }] });
  }

  #item(marker: string, text: string): void {
    this.#settle();
    this.#begun = { inner: [], below: [] };
    this.#listOf(marker).items.push(this.#begun);
    this.#loose = [text];
  }

  /** The open list for a marker. Another kind of marker begins another list, a longer one a list in the last item. */
  #listOf(marker: string): List {
    const isNumbered = marker.endsWith('#');
    const isOver = ({ marker: other, list }: OpenList) =>
      other.length > marker.length || (other.length === marker.length && list.isNumbered !== isNumbered);
    let last = this.#lists.at(-1);
    while (last && isOver(last)) {
      this.#lists.pop();
      last = this.#lists.at(-1);
    }
    if (last && last.marker.length === marker.length) return last.list;
    const list: List = { kind: 'list', isNumbered, items: [] };
    this.#place().push(list);
    this.#lists.push({ marker, list });
    return list;
  }

  #row({ cells }: Row): void {
    const row = cells.map(({ isHead, text }) => ({ isHead, inner: this.#cell?.(text.trim()) ?? [] }));
    if (this.#rows) this.#rows.push(row);
    else {
      const rows = [row];
      this.#alone({ kind: 'table', rows });
      this.#rows = rows;
    }
  }

  #alone(block: Block): void {
    this.#endLists();
    this.blocks.push(block);
  }

  #endLists(): void {
    this.#settle();
    this.#lists = [];
  }

  /** Makes what was gathered the text of its item, or a paragraph. */
  #settle(): void {
    if (this.#loose.length === 0) return;
    const inner = inlinesIn(this.#loose.join('\n').trimEnd(), this.#past);
    if (this.#begun) this.#begun.inner = inner;
    else if (inner.length > 0) this.#place().push({ kind: 'paragraph', inner });
    this.#loose = [];
    this.#begun = null;
  }

  /** Where a block goes: into the last item of a list that is not over. */
  #place(): Block[] {
    return this.#lists.at(-1)?.list.items.at(-1)?.below ?? this.blocks;
  }
}
