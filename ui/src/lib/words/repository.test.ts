import { expect, it } from 'vitest';

import { reading, repository, run } from '../backend/fixtures/sample';
import { hueOf, HUES } from './hue';
import { repositoryState } from './repository';

it('a run that is going knows more than the last one', () => {
  const broken = repository(1, 'a/b', { is_valid: false, invalid_reason: 'gone', last_error: 'gone' });
  const of = (change: Parameters<typeof run>[0]) => repositoryState(broken, run(change));
  expect(of({ reading: [reading(1, 'a/b')] }).word).toBe('reading now');
  expect(of({ failed: [{ id: 1, name: 'a/b', error: 'still gone' }] }).detail).toBe('still gone');
  expect(repositoryState(broken, null)).toMatchObject({ word: 'no access', detail: 'gone' });
});

it('what failed, what was never read and what is well are told apart', () => {
  const of = (change: Parameters<typeof repository>[2]) =>
    repositoryState(repository(1, 'a/b', change), null);
  expect(of({ last_error: 'offline' })).toMatchObject({ mark: 'failed', detail: 'offline' });
  expect(of({ last_synced_at: null }).mark).toBe('never');
  expect(of({}).mark).toBe('ok');
});

it('a hue depends on the name alone and is one of the few', () => {
  expect(hueOf('acme/api')).toBe(hueOf('acme/api'));
  for (const name of ['', 'a', 'acme/web', 'مشروع', '👩‍👩‍👧‍👦']) expect(hueOf(name)).toBeLessThan(HUES);
});
