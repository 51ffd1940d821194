import { describe, expect, it } from 'vitest';

import { Resource } from './resource.svelte';

/** Reads whose answers the test gives, one by one. */
function asked() {
  const answers: { give: (value: string) => void; fail: (error: unknown) => void }[] = [];
  const resource = new Resource(() => new Promise<string>((give, fail) => answers.push({ give, fail })));
  return { resource, answers };
}

const settle = () => new Promise((done) => setTimeout(done));
const REFUSED = { code: 'refused', message: 'Refused.', hint: null };

describe('a resource', () => {
  it('is read when it is watched, and stays for the next watcher', async () => {
    const { resource, answers } = asked();
    expect(answers, 'nobody asks for it').toHaveLength(0);
    const leave = resource.watch();
    answers[0]?.give('one');
    await settle();
    expect(resource.reading).toEqual({ kind: 'data', value: 'one', stale: false, problem: null });
    leave();
    resource.watch();
    expect(resource.reading, 'old, and said to be').toMatchObject({ value: 'one', stale: true });
  });

  it('ignores the answer of a view that was left', async () => {
    const { resource, answers } = asked();
    resource.watch()();
    answers[0]?.give('late');
    await settle();
    expect(resource.reading.kind).toBe('loading');
  });

  it('is read once more after many changes, not once for each', async () => {
    const { resource, answers } = asked();
    resource.watch();
    for (let change = 0; change < 5; change += 1) resource.refresh();
    answers[0]?.give('one');
    await settle();
    expect(answers).toHaveLength(2);
    expect(resource.reading, 'the first answer is shown meanwhile').toMatchObject({
      value: 'one',
      stale: true,
    });
  });

  it('keeps what it had when reading again fails, and says what failed', async () => {
    const { resource, answers } = asked();
    resource.watch();
    answers[0]?.give('one');
    await settle();
    resource.refresh();
    answers[1]?.fail(REFUSED);
    await settle();
    expect(resource.reading).toEqual({ kind: 'data', value: 'one', stale: true, problem: REFUSED });
  });

  it('is failed where there was nothing before, and recovers', async () => {
    const { resource, answers } = asked();
    resource.watch();
    answers[0]?.fail(REFUSED);
    await settle();
    expect(resource.reading).toEqual({ kind: 'failed', error: REFUSED });
    resource.refresh();
    answers[1]?.give('one');
    await settle();
    expect(resource.reading.kind).toBe('data');
  });

  it('drops the answer to a question that is no longer asked', async () => {
    const { resource, answers } = asked();
    resource.watch();
    resource.supersede();
    answers[1]?.give('new');
    answers[0]?.give('old');
    await settle();
    expect(resource.reading).toMatchObject({ value: 'new' });
  });

  it('takes an answer that came another way, and drops the one that was asked for before', async () => {
    const { resource, answers } = asked();
    resource.watch();
    resource.take('told');
    answers[0]?.give('old');
    await settle();
    expect(resource.reading).toMatchObject({ value: 'told' });
    answers[1]?.give('new');
    await settle();
    expect(resource.reading).toEqual({ kind: 'data', value: 'new', stale: false, problem: null });
    resource.take('told again');
    expect(answers, 'nothing was on its way').toHaveLength(2);
  });

  it('says something that can be read when a host throws something that cannot', async () => {
    const { resource, answers } = asked();
    resource.watch();
    answers[0]?.fail('command not allowed');
    await settle();
    expect(resource.reading).toMatchObject({ error: { message: 'The window got no answer from PDT.' } });
  });
});
