import { expect, it } from 'vitest';

import type { Backend } from '../backend/backend';
import { settings } from '../backend/fixtures/settings';
import { Preferences } from './preferences.svelte';

const LOCKED = { code: 'storage', message: 'The database is locked.', hint: null };
const FIFTEEN = settings().interval_commits;

/** A host whose answers the test gives, one by one. */
function asked() {
  const answers: { params: unknown; give: (value: unknown) => void; fail: (error: unknown) => void }[] = [];
  const call = (_: string, params: unknown) =>
    new Promise((give, fail) => answers.push({ params, give, fail }));
  return { preferences: new Preferences({ call } as unknown as Backend), answers };
}

const settle = () => new Promise((done) => setTimeout(done));

it('a choice is shown at once, and is what PDT says when it has answered', async () => {
  const { preferences, answers } = asked();
  const taken = preferences.change('interval_commits', '1h');
  expect(preferences.shown('interval_commits', FIFTEEN)).toMatchObject({ value: '1h', source: 'stored' });
  await settle();
  answers[0]?.give(settings({ interval_commits: '1h' }));
  expect(await taken).toBe(true);
  expect(preferences.settings.reading).toMatchObject({ value: { interval_commits: { value: '1h' } } });
  expect(preferences.shown('interval_commits', FIFTEEN), 'nothing is on its way').toBe(FIFTEEN);
});

it('a choice that PDT does not take is taken back, and says why', async () => {
  const { preferences, answers } = asked();
  const taken = preferences.change('interval_commits', '1h');
  await settle();
  answers[0]?.fail(LOCKED);
  expect(await taken).toBe(false);
  expect(preferences.shown('interval_commits', FIFTEEN)).toBe(FIFTEEN);
  expect(preferences.problem('interval_commits')).toEqual(LOCKED);
  expect(preferences.problem('interval_jira'), 'the others are well').toBeNull();
  void preferences.change('interval_commits', '2h');
  expect(preferences.problem('interval_commits'), 'another try makes it old').toBeNull();
});

it('choices are asked for in their order, and the last one stays', async () => {
  const { preferences, answers } = asked();
  const first = preferences.change('sync_enabled', 'false');
  const second = preferences.change('sync_enabled', 'true');
  await settle();
  expect(answers, 'one at a time').toHaveLength(1);
  answers[0]?.give(settings({ sync_enabled: 'false' }));
  await first;
  expect(preferences.shown('sync_enabled', settings().sync_enabled).value).toBe('true');
  await settle();
  expect(answers[1]?.params).toEqual({ name: 'sync_enabled', value: 'true' });
  answers[1]?.give(settings());
  expect(await second).toBe(true);
});

it('starting at login is a choice like the others', async () => {
  const { preferences, answers } = asked();
  const taken = preferences.setAutostart('on');
  expect(preferences.shownAutostart(false)).toBe(true);
  await settle();
  answers[0]?.fail(LOCKED);
  expect(await taken).toBe(false);
  expect(preferences.shownAutostart(false)).toBe(false);
  expect(preferences.problem('autostart')).toEqual(LOCKED);
});
