import { describe, expect, it } from 'vitest';

import { room } from '../../setup';
import { first, open, screen, waitFor, within } from '../../app';

/** Opens a card whose description this is. */
async function read(description: string) {
  const { backend } = open('data', '#/board/CORE-318', { details: { 'CORE-318': { description } } });
  const text = await first('card-description');
  const opened = () => backend.calls.filter(({ name }) => name === 'open_link').map(({ params }) => params);
  return { text, opened };
}

const KNOWN = 'https://acme.atlassian.net/browse/A-1';

describe('a description', () => {
  it('is a document: headings below its own, lists, tables, code', async () => {
    const { text } = await read(
      'h1. One\nh4. Two\n# a\n#* b\n\n||A||B|\n|*c*|d|\n{code:js}if (a < b) {\n  c();\n}{code}\n{quote}q{quote}----',
    );
    const headings = within(text).getAllByRole('heading');
    expect(headings.map(({ tagName, textContent }) => `${tagName} ${textContent}`)).toEqual([
      'H4 One',
      'H5 Two',
    ]);
    expect(
      within(text)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent?.trim()),
    ).toEqual(['a b', 'b']);
    expect(within(text).getAllByRole('columnheader')).toHaveLength(2);
    expect(
      within(text)
        .getAllByRole('cell')
        .map((cell) => cell.querySelector('strong') !== null),
    ).toEqual([true, false]);
    expect(text.querySelector('pre')?.textContent).toBe('if (a < b) {\n  c();\n}');
    expect(text.querySelector('blockquote')?.textContent).toBe('q');
  });

  it('has headings one level higher where it is a page of its own', async () => {
    room.isWide = false;
    const { text } = await read('h1. One');
    expect(within(text).getByRole('heading', { level: 3 }).textContent).toBe('One');
  });

  it('keeps spaces and line breaks, and adds none', async () => {
    const { text } = await read('a  *b*c _d_, {{e}}\n[~f]: g\\\\h');
    expect(text.textContent).toBe('a  *b*c d, e\n@f: g\nh');
  });

  it('can be scrolled by keyboard where it is wide', async () => {
    const { text } = await read('||A||B||\n{noformat}x{noformat}');
    const boxes = within(text).getAllByRole('group');
    expect(boxes.map((box) => [box.getAttribute('aria-label'), box.tabIndex])).toEqual([
      ['Table', 0],
      ['Code', 0],
    ]);
  });
});

describe('a link in a description', () => {
  it('of a connected host opens it, and says where it leads', async () => {
    const { text, opened } = await read(`See [the *card*|${KNOWN}].`);
    const link = await within(text).findByRole('button', { name: 'the card' });
    expect(link.title).toBe(KNOWN);
    expect(text.textContent).toBe('See the card.');
    link.click();
    await waitFor(() => expect(opened()).toEqual([{ profile: 'default', url: KNOWN }]));
  });

  it.each([
    ['[a|https://example.org/x]', 'a (https://example.org/x)'],
    ['[a|javascript:alert(1)]', 'a (javascript:alert(1))'],
    ['[a|file:///etc/passwd]', 'a (file:///etc/passwd)'],
    ['[a|mailto:mira@example.org]', 'a (mailto:mira@example.org)'],
    [`[a|https://acme.atlassian.net@example.org/]`, 'a (https://acme.atlassian.net@example.org/)'],
    ['https://example.org/x', 'https://example.org/x'],
    ['[https://example.org/x]', 'https://example.org/x'],
    [`${KNOWN}…`, `${KNOWN}…`],
  ])('%s is text, and its address is seen', async (written, seen) => {
    const { text } = await read(`${written} and ${KNOWN}`);
    await waitFor(() => expect(within(text).getAllByRole('button')).toHaveLength(1));
    expect(text.textContent).toBe(`${seen} and ${KNOWN}`);
  });

  it('whose label names another host says where it leads', async () => {
    const { text } = await read(`[https://bank.example/login|${KNOWN}]`);
    await within(text).findByRole('button', { name: 'https://bank.example/login' });
    expect(text.textContent).toBe(`https://bank.example/login (${KNOWN})`);
  });
});

describe('a description cannot', () => {
  it('make an element', async () => {
    const written =
      '<script>x</script> <img src=x onerror=alert(1)> <a href="https://example.org">y</a> <b>z</b>';
    const { text } = await read(
      `${written}\n\n* ${written}\n\n|${written}|\n{panel:title=${written}}{panel}`,
    );
    expect(text.querySelector('script, img, a, b, iframe, svg, style, [style], [href], [src]')).toBeNull();
    expect(text.textContent?.split(written)).toHaveLength(5);
  });

  it('load a picture: its name is shown', async () => {
    const { text } = await read('!screen.png|width=300! !https://example.org/p.png! [^log.txt]');
    expect(text.querySelector('img, picture, object, embed, video')).toBeNull();
    expect(text.textContent).toBe(
      'screen.png (picture in Jira) https://example.org/p.png (picture in Jira) log.txt (attachment in Jira)',
    );
  });

  it('look broken where it is cut in the middle of its code', async () => {
    const { text } = await read(`{panel:title=T}\n{code:java}\n${'x = 1;\n'.repeat(400)}{code}{panel}`);
    expect(text.textContent).not.toContain('{');
    expect(text.querySelector('pre')?.textContent).toMatch(/^x = 1;\n.*…$/s);
    screen.getByText(/^Show all/).click();
    await waitFor(() => expect(text.querySelector('pre')?.textContent).not.toContain('…'));
  });
});
