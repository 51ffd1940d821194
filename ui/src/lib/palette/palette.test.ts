import { describe, expect, it } from 'vitest';

import { commandsFor, used, type Command } from './commands';
import { fitOf } from './fuzzy';
import { commandList } from './list';

describe('letters fit', () => {
  const better = (typed: string, one: string, other: string) =>
    expect(fitOf(typed, one) ?? -99, `${typed}: ${one}`).toBeGreaterThan(fitOf(typed, other) ?? -99);

  it('where each of them is there, in their order', () => {
    expect(fitOf('sj', 'Sync Jira')).not.toBeNull();
    expect(fitOf('js', 'Sync Jira')).toBeNull();
    expect(fitOf('jira sync', 'Sync Jira'), 'words may come in any order').not.toBeNull();
    expect(fitOf('', 'anything')).not.toBeNull();
    expect(fitOf('x', '')).toBeNull();
  });

  it('better at the beginning of words, and next to each other', () => {
    better('sj', 'Sync Jira', 'Use Jira');
    better('acc', 'Accounts', 'Replace a char');
    better('board', 'Board', 'Open acme/dashboards');
  });

  it('without capitals and marks above letters', () => {
    expect(fitOf('KOVAC', 'Mira Kovač')).not.toBeNull();
  });

  it('and a text is text, whatever it holds', () => {
    expect(fitOf('.*', 'acme/api')).toBeNull();
    expect(fitOf('(', 'a (b')).not.toBeNull();
  });
});

const command = (id: string, label: string, group?: string): Command => ({
  id,
  label,
  group,
  doing: { kind: 'keys' },
});

describe('the palette', () => {
  const all = [command('a', 'Overview', 'Go to'), command('b', 'Commits', 'Go to'), command('c', 'Sync now')];

  it('begins with what was used last', () => {
    expect(commandsFor('', all, ['c', 'gone']).map(({ id, group }) => `${id} ${group}`)).toEqual([
      'c Used last',
      'a Go to',
      'b Go to',
    ]);
  });

  it('shows what fits, the best first', () => {
    expect(commandsFor('com', all, []).map(({ id }) => id)).toEqual(['b']);
    expect(commandsFor('zzz', all, [])).toEqual([]);
  });

  it('leaves out what has the letters anywhere, and finds other words for a thing', () => {
    const one = { ...command('d', 'platform/gateway'), also: 'open repository' };
    expect(commandsFor('core', [one], [])).toEqual([]);
    expect(commandsFor('open gate', [one], []).map(({ id }) => id)).toEqual(['d']);
    expect(commandsFor('re', [command('a', 'Overview')], [])).toEqual([]);
  });

  it('remembers few, the last one first', () => {
    expect(used('b', ['a', 'b'])).toEqual(['b', 'a']);
    expect(used('f', ['a', 'b', 'c', 'd', 'e'])).toHaveLength(5);
  });
});

describe('what can be done', () => {
  const world = {
    accounts: [{ name: 'work', provider: 'gitlab' as const }],
    repositories: [{ id: 7, owner: 'acme', name: 'api' }],
    isPaused: false,
    isRunning: false,
    theme: null,
  };
  const ids = (change: Partial<Parameters<typeof commandList>[0]> = {}) =>
    commandList({ ...world, ...change }).map(({ id }) => id);

  it('is there once', () => {
    expect(new Set(ids()).size).toBe(ids().length);
  });

  it('follows the state: what runs can be stopped, what is paused resumed', () => {
    expect(ids()).toContain('sync-both');
    expect(ids({ isRunning: true })).toContain('stop');
    expect(ids({ isRunning: true })).not.toContain('sync-both');
    expect(ids()).toContain('pause-hour');
    expect(ids({ isPaused: true })).toContain('resume');
    expect(ids({ isPaused: true })).not.toContain('pause-hour');
  });

  it('leads to every account and repository', () => {
    const commands = commandList(world);
    expect(commands.find(({ id }) => id === 'token-work')?.doing).toEqual({
      kind: 'go',
      hash: '#/accounts/work/replace-token',
    });
    expect(commands.find(({ id }) => id === 'repository-7')?.doing).toMatchObject({
      hash: '#/repositories/7',
    });
  });

  it('offers themes only where there is that setting', () => {
    expect(ids().filter((id) => id.startsWith('theme'))).toEqual([]);
    expect(ids({ theme: 'dark' }).filter((id) => id.startsWith('theme'))).toEqual([
      'theme-system',
      'theme-light',
    ]);
  });
});
