/** Parts of a line in which no mark counts: monospace, links, people, files, addresses. */
import { foundFrom, type Ahead } from './ahead';
import type { Inline } from './tree';

export interface Atom {
  node: Inline;
  end: number;
}

/** How the label of a link is read. */
type Label = (text: string) => Inline[];

const ADDRESS = /https?:\/\/[^\s<>"'`|\\^{}]+/iy;
/** What ends a sentence, or closes a bracket, is no part of an address. */
const TAIL = '.,;:!?)]}*_';
const WEB = /^https?:\/\//i;
/** What leads somewhere, so that `[yes|no]` stays what it is. */
const TARGET = /^(?:[a-z][a-z\d+.-]*:|[#^~/]|www\.)/i;
/** Schemes that stand in brackets alone; `[note: this]` is no link. */
const BARE_TARGET = /^(?:https?|ftp|file|mailto):\S+$/i;
const FILE = /\.\w{2,5}$/;
const WORD = /[\p{L}\p{N}]/u;

/** Whether a character belongs to a word, so that a mark beside it is none. */
export const isWord = (character: string): boolean => WORD.test(character);

/** A text without the backslashes that keep its marks from counting. */
const unescaped = (text: string): string => text.replace(/\\([*_\-+^~?{}[\]|!#])/g, '$1');

/** What begins at a place; null where it is nothing of the kind. */
export function atomAt(ahead: Ahead, at: number, label: Label): Atom | null {
  switch (ahead.text[at]) {
    case '{':
      return monospaceAt(ahead, at);
    case '[':
      return bracketAt(ahead.text, at, label);
    case '!':
      return pictureAt(ahead, at);
    default:
      return addressAt(ahead.text, at);
  }
}

function monospaceAt(ahead: Ahead, at: number): Atom | null {
  if (ahead.text[at + 1] !== '{') return null;
  let close = ahead.findInLine('}}', at + 2);
  if (close < 0) return null;
  while (ahead.text[close + 2] === '}') close += 1;
  // Jira itself writes `{{{}name{}}}` where a space is missing around it.
  const text = unescaped(ahead.text.slice(at + 2, close)).replace(/^\{\}|\{\}$/g, '');
  return text.trim() === '' ? null : { node: { kind: 'code', text }, end: close + 2 };
}

function bracketAt(text: string, at: number, label: Label): Atom | null {
  let close = at + 1;
  while (text[close] !== ']') {
    if (close >= text.length || text[close] === '[' || text[close] === '\n') return null;
    close += text[close] === '\\' ? 2 : 1;
  }
  const node = bracketed(text.slice(at + 1, close), label);
  return node && { node, end: close + 1 };
}

function bracketed(inside: string, label: Label): Inline | null {
  const [first = '', target, hint = 'smart-link', ...more] = inside.split('|').map((part) => part.trim());
  if (target === undefined) return alone(first);
  // Jira writes how a link is to be drawn behind it. Anything else there would be lost.
  if (more.length > 0 || !hint.startsWith('smart-') || !TARGET.test(target)) return null;
  if (target.startsWith('~accountid:')) return { kind: 'mention', name: first || null };
  if (target === `mailto:${first}`) return { kind: 'text', text: first };
  const isSame = first === '' || first === target;
  return { kind: 'link', address: target, label: isSame ? null : label(first) };
}

function alone(inside: string): Inline | null {
  if (inside.startsWith('~accountid:')) return { kind: 'mention', name: null };
  const name = inside.slice(1).trim();
  if (inside.startsWith('~') && name) return { kind: 'mention', name };
  if (inside.startsWith('^') && name) return { kind: 'file', name, what: 'attachment' };
  return BARE_TARGET.test(inside) ? { kind: 'link', address: inside, label: null } : null;
}

function pictureAt(ahead: Ahead, at: number): Atom | null {
  const close = ahead.findInLine('!', at + 1);
  if (close < 0 || isWord(ahead.text[at - 1] ?? '') || isWord(ahead.text[close + 1] ?? '')) return null;
  const [name = ''] = ahead.text.slice(at + 1, close).split('|');
  if (name !== name.trim() || !(FILE.test(name) || WEB.test(name))) return null;
  return { node: { kind: 'file', name, what: 'picture' }, end: close + 1 };
}

function addressAt(text: string, at: number): Atom | null {
  const found = foundFrom(ADDRESS, text, at)?.[0];
  if (found === undefined) return null;
  // With an ellipsis behind it, its end is missing.
  if (found.endsWith('…')) return { node: { kind: 'text', text: found }, end: at + found.length };
  let end = found.length;
  while (TAIL.includes(found.charAt(end - 1))) end -= 1;
  const address = found.slice(0, end);
  return { node: { kind: 'link', address, label: null }, end: at + end };
}
