import { describe, expect, it } from 'vitest';

import { parse, parseBeginning } from './blocks';
import { textOf, type Block, type Inline, type List } from './tree';

/** A tree in short, as a person would write it down: `strong(…)`, `li(…)`. */
const short = (blocks: readonly Block[]): string => blocks.map(shortBlock).join(' ');
const words = (inlines: readonly Inline[]): string => inlines.map(shortInline).join('');

function shortBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `p(${words(block.inner)})`;
    case 'heading':
      return `h${block.depth}(${words(block.inner)})`;
    case 'rule':
      return 'rule';
    case 'code':
      return `code(${block.caption && `${block.caption}: `}${block.text})`;
    case 'quote':
      return `quote(${short(block.inner)})`;
    case 'panel':
      return `${block.tone}(${block.caption && `${block.caption}: `}${short(block.inner)})`;
    case 'list':
      return shortList(block);
    case 'table':
      return `table(${block.rows.map((row) => row.map(({ isHead, inner }) => `${isHead ? 'th' : 'td'}(${short(inner)})`).join(' ')).join(' / ')})`;
  }
}

function shortList({ isNumbered, items }: List): string {
  const all = items.map(({ inner, below }) => `li(${words(inner)}${below.length ? ` ${short(below)}` : ''})`);
  return `${isNumbered ? 'ol' : 'ul'}(${all.join(' ')})`;
}

function shortInline(inline: Inline): string {
  switch (inline.kind) {
    case 'mark':
      return `${inline.mark}(${words(inline.inner)})`;
    case 'link':
      return `link(${inline.label === null ? '' : `${words(inline.label)} > `}${inline.address})`;
    case 'code':
      return `mono(${inline.text})`;
    case 'mention':
      return `@(${inline.name ?? ''})`;
    case 'file':
      return `${inline.what}(${inline.name})`;
    default:
      return inline.text;
  }
}

const read = (text: string) => short(parse(text));
/** What one line says. */
const line = (text: string) => read(text).replace(/^p\(([^]*)\)$/, '$1');

describe('blocks', () => {
  it.each([
    ['one\ntwo\n\n\nthree', 'p(one\ntwo) p(three)'],
    ['one\r\ntwo\r\rthree', 'p(one\ntwo) p(three)'],
    ['one\\\\two', 'p(one\ntwo)'],
    ['one \\\\\ntwo', 'p(one \ntwo)'],
    ['one\n----\ntwo', 'p(one) rule p(two)'],
    ['bq. said *so*', 'quote(p(said strong(so)))'],
    ['', ''],
    [' \n\t\n', ''],
  ])('%j is %s', (text, tree) => expect(read(text)).toBe(tree));

  it('a heading is never more than one deeper than the one before it', () => {
    expect(read('h3. a\nh5. b\n h6. c\nh5. d\nh3. e\nh1. f')).toBe('h1(a) h2(b) h3(c) h2(d) h1(e) h1(f)');
    expect(read('h2.example.org\nh7. x\nh1.'), 'without a space it is text').toBe(
      'p(h2.example.org\nh7. x\nh1.)',
    );
  });

  it.each([
    ['* a\n* b', 'ul(li(a) li(b))'],
    [' - a\n - b', 'ul(li(a) li(b))'],
    ['# a\n## b\n# c', 'ol(li(a ol(li(b))) li(c))'],
    ['* a\n*# b\n*# c\n** d\n* e', 'ul(li(a ol(li(b) li(c)) ul(li(d))) li(e))'],
    ['# a\n#* b', 'ol(li(a ul(li(b))))'],
    ['*** a\n** b\n* c', 'ul(li(a)) ul(li(b)) ul(li(c))'],
    ['* a\n*** b\n** c', 'ul(li(a ul(li(b)) ul(li(c))))'],
    ['* a\n# b', 'ul(li(a)) ol(li(b))'],
    ['* a\nmore\n* b\n\n* c', 'ul(li(a\nmore) li(b)) ul(li(c))'],
    ['# a\n{code}\nx\n{code}\nmore\n# b', 'ol(li(a code(x) p(more)) li(b))'],
    ['-- a\n--flag\n*b*\n#5', 'p(-- a\n--flag\nstrong(b)\n#5)'],
    [`${'*'.repeat(10)} a`, 'ul(li(a))'],
    [`${'*'.repeat(11)} a`, `p(${'*'.repeat(11)} a)`],
    ['*  a\u2028b', 'ul(li(a\u2028b))'],
  ])('list %j is %s', (text, tree) => expect(read(text)).toBe(tree));

  it.each([
    ['{code}\n  let x = *1*;\n\n{code}', 'code(  let x = *1*;)'],
    ['{code:java}x{code}', 'code(java: x)'],
    ['{code:title=A.java|borderStyle=solid}x{code}', 'code(A.java: x)'],
    ['{code:java|title=a=b}x{code}', 'code(java · a=b: x)'],
    ['{noformat}{code}[a|b]{noformat}', 'code({code}[a|b])'],
    ['see {code}x{code} there', 'p(see) code(x) p(there)'],
    ['{code}a{code}{code}b{code}', 'code(a) code(b)'],
    ['{quote}\na\n\nb\n{quote}\nc', 'quote(p(a) p(b)) p(c)'],
    ['{panel:title=T|bgColor=#fff}* a{panel}', 'panel(T: ul(li(a)))'],
    [
      '{info}a{info}{note}b{note}{tip}c{tip}{warning}d{warning}',
      'info(p(a)) note(p(b)) tip(p(c)) warning(p(d))',
    ],
    ['{panel}{quote}{code}x{code}{quote}{panel}', 'panel(quote(code(x)))'],
    ['{quote}{quote}', ''],
  ])('macro %j is %s', (text, tree) => expect(read(text)).toBe(tree));

  it.each([
    ['{code}a *b*', 'p({code}a strong(b))'],
    ['a {quote} b', 'p(a {quote} b)'],
    ['{panel:title=T}\na', 'p({panel:title=T}\na)'],
    ['{quote}{panel}a{quote}{panel}', 'quote(p({panel}) p(a)) p({panel})'],
    ['{panel}{panel:title=T}a{panel}', 'panel(p({panel:title=T}a))'],
    ['{quote}a{noformat}{quote}{noformat}', 'p({quote}) p(a) code({quote})'],
    ['{quote:x}a{quote}', 'p({quote:x}a{quote})'],
    ['{toc} {unknown:x}', 'p({toc} {unknown:x})'],
    ['\\{code}a\\{code}', 'p({code}a{code})'],
    ['*a\nb*', 'p(*a\nb*)'],
  ])('what is not closed is text: %j is %s', (text, tree) => expect(read(text)).toBe(tree));

  it('a beginning that was cut in the middle of a macro keeps it', () => {
    expect(short(parseBeginning('{code:java}\nint x;…'))).toBe('code(java: int x;…)');
    expect(short(parseBeginning('{panel:title=T}a\n{quote}b…'))).toBe('panel(T: p(a) quote(p(b…)))');
    expect(short(parseBeginning('|a|b|\n|c|{code}x…'))).toBe(
      'table(td(p(a)) td(p(b)) / td(p(c)) td(code(x…)))',
    );
    expect(short(parseBeginning('|a|b|\n|c…'))).toBe('table(td(p(a)) td(p(b)) / td(p(c…)))');
  });

  it.each([
    ['||A||B||\n|a|b|', 'table(th(p(A)) th(p(B)) / td(p(a)) td(p(b)))'],
    ['||A|a|\n||B|b', 'table(th(p(A)) td(p(a)) / th(p(B)) td(p(b)))'],
    ['|a| |', 'table(td(p(a)) td())'],
    [
      '|[x|https://a.example]|!p.png|thumbnail!|{{a|b}}|\\||',
      'table(td(p(link(x > https://a.example))) td(p(picture(p.png))) td(p(mono(a|b))) td(p(|)))',
    ],
    [
      '|a\nmore|* b\n* c|\n|d|e|\nafter',
      'table(td(p(a\nmore)) td(ul(li(b) li(c))) / td(p(d)) td(p(e))) p(after)',
    ],
    ['|a|{code}\nx|y\n{code}|', 'table(td(p(a)) td(code(x|y)))'],
    ['|a|b\nafter', 'table(td(p(a)) td(p(b))) p(after)'],
    ['| grep x', 'p(| grep x)'],
    ['|a|\n\n|b|', 'table(td(p(a))) table(td(p(b)))'],
    ['|||||', 'p(|||||)'],
  ])('table %j is %s', (text, tree) => expect(read(text)).toBe(tree));
});

describe('running text', () => {
  it.each([
    ['*a* _b_ ??c?? -d- +e+ ^f^ ~g~', 'strong(a) em(b) cite(c) del(d) ins(e) sup(f) sub(g)'],
    ['*a _b_ c*', 'strong(a em(b) c)'],
    ['(*a*), "_b_".', '(strong(a)), "em(b)".'],
    ['x{*}y{*}z H{~}2{~}O', 'xstrong(y)z Hsub(2)O'],
    ['{{a *b* {c} \\_d}} {{{}x{}}} {{${y}}}', 'mono(a *b* {c} _d) mono(x) mono(${y})'],
    ['{color:red}a{color} *{color:#172b4d}b{color}*', 'a strong(b)'],
    ['{color:red}a\n{color}b', 'a\nb'],
    ['a{anchor:x}b', 'ab'],
    ['\\*a\\* \\{b} \\[c] \\_d\\_ \\-e\\-', '*a* {b} [c] _d_ -e-'],
  ])('%j is %s', (text, tree) => expect(line(text)).toBe(tree));

  it.each([
    'snake_case_name and __init__',
    'a-b-c, 2020-01-02, --flag --other, a - b - c',
    '2*3*4 ** *** * a *',
    'C++ and C++, +1 and +2',
    '~/path and ~/other~x',
    'x^2^3',
    'really?? yes?? ????',
    'C:\\temp\\new, \\\\server\\share',
    '*a *b _c -d',
    '{ } {{ }} {} {color} {{}}',
    'h1.x bq.y',
    'Wow! Great! !important! a!b.cd!',
    '[x] [ ] [yes|no] [note: this] [~] [^] [a [b] [',
    '<script>alert(1)</script> &amp; <img src=x>',
    'a  b\tc',
  ])('%j is text', (text) => expect(line(text)).toBe(text));

  it('the latest beginning of a mark counts', () => {
    expect(line('*a *b* c')).toBe('*a strong(b) c');
    expect(line('*a _b* c_')).toBe('strong(a _b) c_');
    expect(line('*a _b *c_ d*'), 'what is begun twice is not inside itself').toBe('*a em(b *c) d*');
  });

  it.each([
    ['[a *b*|https://x.example/y_z_]', 'link(a strong(b) > https://x.example/y_z_)'],
    [
      '[https://x.example] https://x.example/_a_/b.',
      'link(https://x.example) link(https://x.example/_a_/b).',
    ],
    ['[https://x.example|https://x.example|smart-link]', 'link(https://x.example)'],
    ['[a https://y.example|https://x.example]', 'link(a https://y.example > https://x.example)'],
    [
      '[a|javascript:alert(1)] [b|#there] [c|^f.pdf]',
      'link(a > javascript:alert(1)) link(b > #there) link(c > ^f.pdf)',
    ],
    ['[m@x.example|mailto:m@x.example]', 'm@x.example'],
    ['*https://x.example/a*', 'strong(link(https://x.example/a))'],
    ['https://x.example/…', 'https://x.example/…'],
    ['[a|https://x.example|hint]', '[a|link(https://x.example)|hint]'],
    ['[~mira.kovac] [~accountid:5b:1-2] [Mira|~accountid:5b]', '@(mira.kovac) @() @(Mira)'],
    [
      '[^a b.pdf] !a b.png|width=3! !a.png!, !https://x.example/p!',
      'attachment(a b.pdf) picture(a b.png) picture(a.png), picture(https://x.example/p)',
    ],
  ])('%j is %s', (text, tree) => expect(line(text)).toBe(tree));

  it('what somebody reads of it is its words', () => {
    const [first] = parse('*a* [b|https://x.example] https://y.example {{c}} [~d] [~accountid:1] !e.png!');
    const said = 'a b (https://x.example) https://y.example c @d @someone e.png';
    expect(first?.kind === 'paragraph' && textOf(first.inner)).toBe(said);
  });
});
