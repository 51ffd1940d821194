import { describe, expect, it } from 'vitest';

import { all, at, click, first, open, press, screen, type, waitFor } from '../../app';

describe('links by hand', () => {
  const openUnlinked = async () => {
    const opened = open('data', '#/commits?text=lock');
    await click('commit-row');
    await first('commit-detail');
    return opened;
  };
  const links = () =>
    all('commit-link').map(({ dataset }) => `${dataset.key ?? ''} ${dataset.provenance ?? ''}`);

  it('say where each comes from', async () => {
    open('data', '#/commits');
    await click('commit-row');
    await first('commit-detail');
    expect(links()).toEqual(['CORE-318 message', 'OPS-12 branch']);
    expect(at('commit-detail').textContent).toContain('from the message');
  });

  it('are made from a suggestion, and undone', async () => {
    await openUnlinked();
    expect(at('commit-detail').textContent).toContain('a neighbouring commit belongs to it');
    (await first('suggestion')).querySelector('button')?.click();
    await waitFor(() => expect(links()).toEqual(['WEB-204 manual']));
    expect(at('link-status').textContent).toContain('Linked to WEB-204.');
    await click('undo-link');
    await waitFor(() => expect(links()).toEqual([]));
    expect(at('link-status').textContent).toContain('Undone.');
    expect(document.activeElement).toBe(at('link-field'));
  });

  it('are made to any key, and a refusal is said in its words', async () => {
    await openUnlinked();
    await type('link-field', 'nobody-7');
    press('Enter');
    (await first('link-field')).focus();
    press('Enter');
    await waitFor(() => expect(links()).toEqual(['NOBODY-7 manual']));
    await type('link-field', 'zzz');
    await screen.findByText('No card has these words.');
    press('Enter');
    expect((await first('form-error')).textContent).toContain('is not the key of a card');
  });

  it('are taken away, and taken back', async () => {
    open('data', '#/commits');
    await click('commit-row');
    await click('unlink');
    await waitFor(() => expect(links()).toEqual(['OPS-12 branch']));
    const back = all('take-back').find((one) => one.getAttribute('aria-label')?.includes('CORE-318'));
    back?.click();
    await waitFor(() => expect(links().sort()).toEqual(['CORE-318 message', 'OPS-12 branch']));
  });

  it('begin with l, in the list as in the commit', async () => {
    open('data', '#/commits');
    await first('commit-row');
    press('j');
    await waitFor(() => expect(document.activeElement).toBe(all('commit-row')[0]));
    press('l');
    await waitFor(() => expect(document.activeElement?.getAttribute('data-testid')).toBe('link-field'));
    all('commit-row')[1]?.click();
    const sha = all('commit-row')[1]?.dataset.sha;
    await waitFor(async () => expect((await first('commit-detail')).dataset.sha).toBe(sha));
    await first('link-field');
    expect(document.activeElement, 'once').not.toBe(at('link-field'));
  });
});
