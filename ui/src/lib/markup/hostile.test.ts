import { describe, expect, it } from 'vitest';

import { parse, parseBeginning } from './blocks';
import { textOf, type Block, type Inline } from './tree';

/** Everything that somebody reads, in the order of the text. */
const said = (blocks: readonly Block[]): string => blocks.map(saidBy).join('\n');

function saidBy(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return textOf(block.inner);
    case 'rule':
      return '';
    case 'code':
      return `${block.caption}\n${block.text}`;
    case 'quote':
      return said(block.inner);
    case 'panel':
      return `${block.caption}\n${said(block.inner)}`;
    case 'list':
      return block.items.map(({ inner, below }) => `${textOf(inner)}\n${said(below)}`).join('\n');
    case 'table':
      return block.rows.map((row) => row.map(({ inner }) => said(inner)).join('\n')).join('\n');
  }
}

/** How many lists, macros, tables and marks are in each other. */
function depthOf(node: Block | Inline): number {
  const insides: (Block | Inline)[][] =
    node.kind === 'list'
      ? node.items.flatMap(({ inner, below }) => [inner, below])
      : node.kind === 'table'
        ? node.rows.flat().map(({ inner }) => inner)
        : node.kind === 'link'
          ? [node.label ?? []]
          : 'inner' in node
            ? [node.inner]
            : [];
  return 1 + Math.max(0, ...insides.map((inside) => deepest(inside)));
}

const deepest = (nodes: readonly (Block | Inline)[]): number =>
  nodes.reduce((most, node) => Math.max(most, depthOf(node)), 0);

const MARKS = ['*', '_', '??', '-', '+', '^', '~', '{*}', '{_}', '{??}', '{-}'];
const MACROS = ['code', 'noformat', 'quote', 'panel', 'info', 'note', 'tip', 'warning', 'color'];
const PIECES = [
  ...MARKS,
  ...MACROS.flatMap((name) => [`{${name}}`, `\n{${name}}\n`]),
  ...[
    '{panel:title=',
    '{code:',
    '{quote:',
    '{info:',
    '{noformat:',
    '{color:red}',
    '{',
    '}',
    '{{',
    '}}',
    '{{{}',
    '{}}}',
    '{toc}',
    '\\',
    '\\\\',
  ],
  ...['[', ']', '|', '||', '!', '[~', '[^', '.png!', 'https://', 'https://a.example/', '|https://a.example]'],
  ...[
    '\n',
    '\n\n',
    '\n|',
    '|\n',
    '\n* ',
    '\n*# ',
    '\n- ',
    '\nh3. ',
    '\nbq. ',
    '\n----\n',
    ' ',
    ' ',
    '\t',
    ', ',
  ],
];

/** The same numbers on every machine. */
function* dice(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Marks in any order, with a word of its own between each two. */
function nonsense(seed: number): string {
  const numbers = dice(seed);
  const pick = () => PIECES[Math.floor(numbers.next().value * PIECES.length)] ?? '';
  return Array.from({ length: 60 }, (_, at) => (at % 2 ? `w${at}w` : pick() + pick())).join('');
}

describe('whatever the marks, nothing is lost', () => {
  it('no word of a text, nor their order', () => {
    for (let seed = 1; seed <= 3000; seed += 1) {
      const text = nonsense(seed);
      for (const read of [parse, parseBeginning])
        expect(said(read(text)).match(/w\d+w/g), JSON.stringify(text)).toEqual(text.match(/w\d+w/g));
    }
  });

  it('no character that is no mark', () => {
    const text = 'a < b > c & "d" \'e\' `f` @g $h %i =j /k ;l (m) :n, o. p\u202eq 😀 ل 長い';
    expect(said(parse(text))).toBe(text);
    expect(said(parse(`* ${text}`)).trim()).toBe(text);
    expect(said(parse(`|${text}|`))).toBe(text);
    expect(said(parse(`{code}${text}{code}`)).trim()).toBe(text);
  });
});

/** What asks for a closing mark from every place, begins without end, or is cut into the smallest pieces. */
const HOSTILE = [
  ...[
    '[',
    '*',
    '{',
    '!',
    '\\',
    '|',
    '_ _ _ ',
    '{{',
    '||',
    '|a',
    '|a\n',
    '|!a',
    '|[',
    '|\\',
    '|{{',
    '|a|b\nc\n',
  ],
  ...[
    '{code}',
    '{code:',
    '{code}\n',
    '{code:x}{noformat}',
    '|{code}',
    '|{code}\n',
    '{quote}',
    '{panel}{quote}',
  ],
  ...[
    '{panel:title=x}',
    '{quote}a\n{panel}b\n',
    '{color:red}',
    '{color}',
    '{color:',
    '{anchor:',
    '{{}',
    '}}',
  ],
  ...[
    '*a ',
    '*a_b-',
    '*_',
    '*(_(-(',
    '{*}',
    '??',
    '[a|',
    '[~',
    '[[x]',
    '[\\',
    '!a.b|',
    'https://',
    'https://a)',
  ],
  ...[
    '* a\n',
    '** a\n*# b\n',
    'h1. a\nh2. b\n',
    '- ',
    '\n',
    '\t\n',
    ' ',
    'a',
    '"',
    '\\ ',
    'bq. a\n',
    '----\n',
  ],
];

/** How many characters are looked for, matched or copied while something is done. */
function stepsOf(work: () => void): number {
  const { exec } = RegExp.prototype;
  const { indexOf, slice, split, trim } = String.prototype;
  let steps = 0;
  const counted = (count: number) => (steps += Math.max(1, count));
  String.prototype.indexOf = function (what, from = 0) {
    const found = indexOf.call(this, what, from);
    counted((found < 0 ? this.length : found) - from);
    return found;
  };
  String.prototype.slice = function (from, to) {
    const part = slice.call(this, from, to);
    counted(part.length);
    return part;
  };
  String.prototype.split = function (this: string, by: string) {
    counted(this.length);
    return (split as (by: string) => string[]).call(this, by);
  } as typeof split;
  String.prototype.trim = function () {
    counted(this.length);
    return trim.call(this);
  };
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    const isFixed = this.sticky || this.source.startsWith('^');
    counted(found ? found.index + found[0].length - from : isFixed ? 1 : text.length - from);
    return found;
  };
  try {
    work();
  } finally {
    Object.assign(String.prototype, { indexOf, slice, split, trim });
    RegExp.prototype.exec = exec;
  }
  return steps;
}

describe('a hostile text', () => {
  it.each(HOSTILE)('of nothing but %j is read in so many steps as it has characters', (piece) => {
    for (const before of ['', '|a|', '[', '{{', '{code}', '* '])
      for (const read of [parse, parseBeginning]) {
        const text = before + piece.repeat(8_000 / piece.length);
        let tree: Block[] = [];
        const steps = stepsOf(() => (tree = read(text)));
        expect(steps / text.length, JSON.stringify(before)).toBeLessThan(40);
        expect(deepest(tree), JSON.stringify(before)).toBeLessThan(8);
      }
  });

  it('is not nested without end', () => {
    const lists = (most: number) =>
      Array.from({ length: most }, (_, at) => `${'*'.repeat(at + 1)} a`).join('\n');
    expect(deepest(parse(lists(3000))), 'ten lists, and the text in the last').toBe(11);
    const macros = ['panel', 'info', 'note', 'tip', 'warning', 'quote'].map((name) => `\n{${name}}\n`);
    const marks = '|[*_??-+^~a~^+-??_*|https://a.example]|';
    const all = (macros.join(`${lists(10)}\n`) + marks).repeat(100);
    expect(
      deepest(parseBeginning(all)),
      'each macro once, with its lists, and marks at the end',
    ).toBeLessThan(80);
  });
});
