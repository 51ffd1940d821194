import { expect, it } from 'vitest';

import type { Backend } from '../backend/backend';
import { CardSearch } from './card-search.svelte';
import { searchWords } from './words';

it('a search that fails says so, until the next one', async () => {
  const call = (_: string, { text }: { text: string }) =>
    text === 'bad' ? Promise.reject({ code: 'storage', message: 'No.', hint: null }) : Promise.resolve([]);
  const search = new CardSearch({ call } as unknown as Backend, 'default');
  const said = async (text: string) => {
    search.search(text);
    await new Promise((done) => setTimeout(done, 120));
    return searchWords(search);
  };
  expect(await said('bad')).toBe('Cards could not be read.');
  expect(await said('good')).toBe('No card has these words.');
});
