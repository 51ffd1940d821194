import { expect, it } from 'vitest';

import { attention } from '../backend/fixtures/sample';
import { byNeed, needsPerson } from './attention';

it('a limit and a machine without network pass by themselves; all else needs somebody', () => {
  const ids = ['account:github:limited', 'run:commits:offline', 'account:limited:refused', 'setting:0'];
  expect(ids.map((id) => needsPerson({ id }))).toEqual([false, false, true, true]);
});

it('what needs the person stands first', () => {
  const items = ['account:a:limited', 'account:a:refused'].map((id) => attention(id));
  expect(byNeed(items).map(({ id }) => id)).toEqual(['account:a:refused', 'account:a:limited']);
});
