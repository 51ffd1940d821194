/**
 * What a text in Jira's wiki markup may be shown as, and nothing else. A line break is a `\n` in a text.
 *
 * The notation: <https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all>.
 */
export type Block =
  | { kind: 'paragraph'; inner: Inline[] }
  /** `depth` is 1 for the outermost, and never more than one deeper than the heading before it. */
  | { kind: 'heading'; depth: number; inner: Inline[] }
  | { kind: 'rule' }
  /** Shown as it was written. The caption is its title or language, or empty. */
  | { kind: 'code'; caption: string; text: string }
  | { kind: 'quote'; inner: Block[] }
  | { kind: 'panel'; tone: Tone; caption: string; inner: Block[] }
  | List
  | Table;

export interface List {
  kind: 'list';
  isNumbered: boolean;
  items: Item[];
}

export interface Item {
  inner: Inline[];
  /** Lists in it, and blocks that follow its line. */
  below: Block[];
}

export interface Table {
  kind: 'table';
  rows: Cell[][];
}

export interface Cell {
  isHead: boolean;
  inner: Block[];
}

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'mark'; mark: Mark; inner: Inline[] }
  | { kind: 'code'; text: string }
  | Link
  /** A person; without a name where the text has only an account's number. */
  | { kind: 'mention'; name: string | null }
  | { kind: 'file'; name: string; what: 'attachment' | 'picture' };

export interface Link {
  kind: 'link';
  /** As it was written: whether it may be opened is for others to say. */
  address: string;
  /** None where the address is all there is. */
  label: Inline[] | null;
}

export type Tone = 'panel' | 'info' | 'note' | 'tip' | 'warning';
export type Mark = 'strong' | 'em' | 'cite' | 'del' | 'ins' | 'sup' | 'sub';

/** What somebody reads of it, without its notation. */
export const textOf = (inlines: readonly Inline[]): string => inlines.map(wordsOf).join('');

function wordsOf(inline: Inline): string {
  switch (inline.kind) {
    case 'mark':
      return textOf(inline.inner);
    case 'link':
      return inline.label === null ? inline.address : `${textOf(inline.label)} (${inline.address})`;
    case 'mention':
      return `@${inline.name ?? 'someone'}`;
    case 'file':
      return inline.name;
    default:
      return inline.text;
  }
}
