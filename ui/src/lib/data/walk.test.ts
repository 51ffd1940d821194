import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Backend, CommitQuery, CommitWalkDto } from '../backend/backend';
import { CommitWalk } from './walk.svelte';

const EVERY: CommitQuery = {
  repo: null,
  since: null,
  until: null,
  card: null,
  unlinked: false,
  text: null,
  branch: null,
  author: null,
  limit: null,
};
const piece = (ids: number[], next: string | null = null): CommitWalkDto => ({
  ids,
  next,
  seen_until: '2026-01-01T00:00:00Z',
});

/** A walk whose pieces the test gives, one by one. */
function asked() {
  const calls: {
    query: CommitQuery;
    after: string | null;
    give: (piece: CommitWalkDto) => Promise<void>;
    fail: (error: unknown) => Promise<void>;
  }[] = [];
  const call = (_: string, params: { query: CommitQuery; after: string | null }) =>
    new Promise((give, fail) =>
      calls.push({
        ...params,
        give: (one) => (give(one), settle()),
        fail: (error) => (fail(error), settle()),
      }),
    );
  const walk = new CommitWalk({ call } as unknown as Backend, 'default');
  walk.ask(EVERY);
  walk.watch();
  return { walk, calls };
}

const settle = async () => void (await vi.advanceTimersByTimeAsync(0));
const idsOf = (walk: CommitWalk) => {
  const { reading } = walk;
  if (reading.kind !== 'data') return reading.kind;
  return Array.from({ length: reading.value.length }, (_, at) => reading.value.at(at));
};

beforeEach(() => void vi.useFakeTimers());

describe('a walk through commits', () => {
  it('shows what it has found, and goes on where it was', async () => {
    const { walk, calls } = asked();
    expect(walk.reading.kind).toBe('loading');
    await calls[0]?.give(piece([9, 8], 'there'));
    expect(idsOf(walk)).toEqual([9, 8]);
    expect(walk.reading).toMatchObject({ value: { isWhole: false } });
    expect(calls[1]?.after).toBe('there');
    await calls[1]?.give(piece([], 'further'));
    await calls[2]?.give(piece([7]));
    expect(idsOf(walk)).toEqual([9, 8, 7]);
    expect(walk.reading).toMatchObject({ value: { isWhole: true } });
    expect(walk.isBusy).toBe(false);
  });

  it('ends when something else is asked, and its late piece is dropped', async () => {
    const { walk, calls } = asked();
    await calls[0]?.give(piece([9], 'there'));
    walk.ask({ ...EVERY, text: 'lock' });
    await calls[1]?.give(piece([8], 'further'));
    expect(calls, 'it does not go on').toHaveLength(3);
    expect(idsOf(walk), 'what was there stays until there is an answer').toEqual([9]);
    await calls[2]?.give(piece([3]));
    expect(idsOf(walk)).toEqual([3]);
  });

  it('does not leave the answer to another question there for long', async () => {
    const { walk, calls } = asked();
    await calls[0]?.give(piece([9]));
    walk.ask({ ...EVERY, text: 'lock' });
    await vi.advanceTimersByTimeAsync(400);
    expect(walk.reading.kind).toBe('loading');
  });

  it('is gone again after a change, and exchanges all at once', async () => {
    const { walk, calls } = asked();
    await calls[0]?.give(piece([9, 8]));
    walk.refresh();
    await calls[1]?.give(piece([10, 9], 'there'));
    expect(idsOf(walk)).toEqual([9, 8]);
    await calls[2]?.give(piece([8]));
    expect(idsOf(walk), 'who stands at the top sees what comes').toEqual([10, 9, 8]);
  });

  it('is gone again every three seconds at most, however much changes', async () => {
    const { walk, calls } = asked();
    await calls[0]?.give(piece([9]));
    for (let change = 0; change < 20; change += 1) walk.refresh();
    expect(calls).toHaveLength(2);
    await calls[1]?.give(piece([9]));
    expect(calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(3_100);
    expect(calls).toHaveLength(3);
  });

  it('lets new commits wait while somebody reads', async () => {
    const { walk, calls } = asked();
    await calls[0]?.give(piece([9, 8]));
    walk.follow(false);
    walk.refresh();
    await calls[1]?.give(piece([11, 10, 9, 8]));
    expect(idsOf(walk)).toEqual([9, 8]);
    expect(walk.reading).toMatchObject({ value: { waiting: 2 } });
    walk.accept();
    expect(idsOf(walk)).toEqual([11, 10, 9, 8]);
  });

  it('reads rows again although another question came before the walk after a change', async () => {
    const { walk, calls } = asked();
    await calls[0]?.give(piece([9]));
    const renew = vi.spyOn(walk.rows, 'renew').mockImplementation(() => undefined);
    walk.refresh();
    walk.ask({ ...EVERY, text: 'lock' });
    await calls[2]?.give(piece([9]));
    expect(renew).toHaveBeenCalledTimes(1);
    walk.ask({ ...EVERY, text: 'other' });
    await calls[3]?.give(piece([9]));
    expect(renew, 'once for a change').toHaveBeenCalledTimes(1);
  });

  it('keeps what it had when it fails, and goes on when asked', async () => {
    const { walk, calls } = asked();
    const locked = { code: 'storage', message: 'The database is locked.', hint: null };
    await calls[0]?.give(piece([9], 'there'));
    await calls[1]?.fail(locked);
    expect(idsOf(walk)).toEqual([9]);
    expect(walk.reading).toMatchObject({ problem: locked });
    walk.refresh();
    await calls[2]?.give(piece([9, 8]));
    expect(walk.reading).toMatchObject({ problem: null, value: { length: 2, isWhole: true } });
  });

  it('is failed where there was nothing before', async () => {
    const { walk, calls } = asked();
    await calls[0]?.fail({ code: 'storage', message: 'No.' });
    expect(walk.reading.kind).toBe('failed');
  });
});
