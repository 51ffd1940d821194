import { expect, it } from 'vitest';

import type { Session } from '../../lib/data/session.svelte';
import { Tracking } from './tracking.svelte';

it('all go to the profile that they were chosen in', async () => {
  const profiles: string[] = [];
  const refreshed: string[] = [];
  const stores = (of: string) => ({ refresh: () => refreshed.push(of) });
  const session = { profile: 'one', stores: stores('one'), backend: { call } };
  function call(_: string, { profile }: { profile: string }) {
    profiles.push(profile);
    Object.assign(session, { profile: 'two', stores: stores('two') });
    return Promise.resolve({ was_tracked: false });
  }
  const wanted = Array.from({ length: 9 }, (_, nth) => ({ url: `https://host/a/${nth}`, account: null }));
  await new Tracking(session as unknown as Session).start(wanted);
  expect(profiles).toEqual(wanted.map(() => 'one'));
  expect(refreshed).toEqual(['one']);
});
