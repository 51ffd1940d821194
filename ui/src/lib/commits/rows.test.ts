import { expect, it } from 'vitest';

import type { CommitRowDto } from '../backend/backend';
import { CommitRows } from './rows.svelte';

const row = (id: number) => ({ id, subject: `Commit ${id}` }) as CommitRowDto;

/** Rows whose answers the test gives, one by one. */
function asked() {
  const answers: { ids: number[]; give: (rows: CommitRowDto[]) => void; fail: (error: unknown) => void }[] =
    [];
  const rows = new CommitRows((ids) => new Promise((give, fail) => answers.push({ ids, give, fail })));
  return { rows, answers };
}

const settle = () => new Promise((done) => setTimeout(done));

it('rows are read once, and one that is gone is known to be', async () => {
  const { rows, answers } = asked();
  rows.want([3, 2, 1]);
  expect(rows.of(3)).toBeUndefined();
  answers[0]?.give([row(3), row(1)]);
  await settle();
  expect([rows.of(3)?.subject, rows.of(2)]).toEqual(['Commit 3', null]);
  rows.want([3, 2, 1]);
  expect(answers).toHaveLength(1);
});

it('who scrolls fast waits for no row that is out of sight again', async () => {
  const { rows, answers } = asked();
  rows.want([1]);
  rows.want([2]);
  rows.want([3]);
  answers[0]?.give([row(1)]);
  await settle();
  expect(answers.map(({ ids }) => ids)).toEqual([[1], [3]]);
});

it('no call asks for more than the resident process answers', () => {
  const { rows, answers } = asked();
  rows.want(Array.from({ length: 900 }, (_, at) => at));
  expect(answers[0]?.ids.length).toBeLessThanOrEqual(500);
});

it('rows that are read again stay until they have come', async () => {
  const { rows, answers } = asked();
  rows.want([1]);
  answers[0]?.give([row(1)]);
  await settle();
  rows.renew();
  expect(rows.of(1)?.subject).toBe('Commit 1');
  answers[1]?.give([{ ...row(1), subject: 'Another' }]);
  await settle();
  expect(rows.of(1)?.subject).toBe('Another');
});

it('what could not be read is said, and asked for again with the next rows', async () => {
  const { rows, answers } = asked();
  rows.want([1]);
  answers[0]?.fail({ code: 'storage', message: 'The database is locked.' });
  await settle();
  expect(rows.problem?.message).toBe('The database is locked.');
  rows.want([1]);
  answers[1]?.give([row(1)]);
  await settle();
  expect(rows.problem).toBeNull();
});

it('rows that nobody has looked at for long are forgotten', async () => {
  const rows = new CommitRows((ids) => Promise.resolve(ids.map(row)));
  for (let from = 0; from < 10_000; from += 200) {
    rows.want(Array.from({ length: 200 }, (_, at) => from + at));
    await settle();
  }
  expect(rows.of(1)).toBeUndefined();
  expect(rows.of(9_999)?.subject).toBe('Commit 9999');
});
