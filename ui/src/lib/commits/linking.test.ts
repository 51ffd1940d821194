import { expect, it, vi } from 'vitest';

import type { Backend } from '../backend/backend';
import { Linking } from './linking.svelte';

const answer = (key: string, linked: boolean, changed = true) => ({
  sha: 'a',
  repos: ['acme/api'],
  key,
  linked,
  changed,
});

function linking(call: (name: string, params: { key: string }) => Promise<unknown>) {
  const onchange = vi.fn();
  return { linking: new Linking({ call } as unknown as Backend, 'default', 'a', onchange), onchange };
}

it('a link is told, and taken back by its opposite', async () => {
  const calls: string[] = [];
  const made = linking(async (name, { key }) => {
    calls.push(`${name} ${key}`);
    return answer(key, name === 'link_commit');
  });
  expect(await made.linking.link('CORE-1')).toBe(true);
  expect(made.linking.done?.words).toBe('Linked to CORE-1.');
  await made.linking.undo();
  expect(calls).toEqual(['link_commit CORE-1', 'unlink_commit CORE-1']);
  expect(made.linking.done).toEqual({ words: 'Undone.', undo: null });
  await made.linking.undo();
  expect(calls, 'once').toHaveLength(2);
  expect(made.onchange).toHaveBeenCalledTimes(2);
});

it('what changed nothing has nothing to undo', async () => {
  const made = linking(async (_, { key }) => answer(key, true, false));
  await made.linking.link('CORE-1');
  expect(made.linking.done?.undo).toBeNull();
});

it('a refusal is said in its own words, and what was done before is not offered any more', async () => {
  const refused = { code: 'usage', message: '"x" is not the key of a card.', hint: 'Write it as CORE-318.' };
  const made = linking((_, { key }) =>
    key === 'x' ? Promise.reject(refused) : Promise.resolve(answer(key, true)),
  );
  await made.linking.link('CORE-1');
  expect(await made.linking.link('x')).toBe(false);
  expect(made.linking.problem).toEqual(refused);
  expect(made.linking.done).toBeNull();
});
