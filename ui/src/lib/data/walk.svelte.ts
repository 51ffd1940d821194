import { untrack } from 'svelte';

import { toApiError, type Backend, type CommitQuery, type CommitWalkDto } from '../backend/backend';
import { IdList } from '../commits/id-list';
import { CommitRows } from '../commits/rows.svelte';
import { arrivedBefore, Walked } from '../commits/walked';
import type { Readable, Reading } from './resource.svelte';

/** After a change, everything is walked through again, but not more often than this. */
const EVERY = 3_000;
/** Nor more often than so many times what the last walk took: most of the time is for others. */
const SHARE = 5;
/** So long, an answer to the last question is shown while there is none to this one. */
const PATIENCE = 300;

/**
 * All commits that fit a question, by their numbers, in pieces as they are found. Once they are all there they stay,
 * and are exchanged at once when a later walk is through.
 */
export class CommitWalk implements Readable<Walked> {
  readonly rows: CommitRows;
  readonly #read: (query: CommitQuery, after: string | null) => Promise<CommitWalkDto>;
  #reading = $state.raw<Reading<Walked>>({ kind: 'loading' });
  #isBusy = $state(false);
  #query: CommitQuery | null = null;
  /** Whether what is shown answers this question. */
  #isAnswered = false;
  #isFollowing = true;
  #watchers = 0;
  /** Grows with everything that makes a walk worthless. */
  #turn = 0;
  #isAsked = false;
  /** Whether rows that are held may have changed. */
  #isTold = false;
  #started = -EVERY;
  #took = 0;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, profile: string) {
    this.#read = (query, after) => backend.call('walk_commits', { profile, query, after });
    this.rows = new CommitRows((ids) => backend.call('commit_rows', { profile, ids }));
  }

  get reading(): Reading<Walked> {
    return this.#reading;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Walks, and walks again on `refresh`, until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) untrack(() => this.#start());
    return () => {
      this.#watchers -= 1;
      if (this.#watchers === 0) untrack(() => this.#leave());
    };
  }

  /** Asks this from now on. The walk for another question ends. */
  ask(query: CommitQuery): void {
    if (JSON.stringify(query) === JSON.stringify(this.#query)) return;
    this.#query = query;
    this.#isAnswered = false;
    if (this.#watchers > 0) this.#start();
  }

  /** Walks again: soon, and after the walk that is going. */
  refresh(): void {
    this.#isTold = true;
    if (this.#watchers === 0 || this.#query === null) return;
    if (this.#isBusy) {
      this.#isAsked = true;
      return;
    }
    clearTimeout(this.#later);
    const isWell = this.#reading.kind === 'data' && this.#reading.problem === null;
    const pause = Math.max(EVERY, SHARE * this.#took);
    const wait = isWell ? this.#started + pause - performance.now() : 0;
    if (wait <= 0) this.#start();
    else this.#later = setTimeout(() => this.#start(), wait);
  }

  /** Whether new commits are shown as they come, or wait at the list's door. */
  follow(isFollowing: boolean): void {
    this.#isFollowing = isFollowing;
    if (isFollowing) this.accept();
  }

  /** Lets in what waits. */
  accept(): void {
    const { reading } = this;
    if (reading.kind === 'data' && reading.value.waiting > 0)
      this.#reading = { ...reading, value: reading.value.letIn() };
  }

  #leave(): void {
    this.#turn += 1;
    this.#isBusy = false;
    this.#isAsked = false;
    clearTimeout(this.#later);
  }

  #start(): void {
    if (this.#query === null) return;
    clearTimeout(this.#later);
    this.#turn += 1;
    this.#isAsked = false;
    void this.#run(this.#turn, this.#query);
  }

  async #run(turn: number, query: CommitQuery): Promise<void> {
    const isAgain = this.#isAnswered;
    const started = performance.now();
    if (isAgain) this.#started = started;
    else this.#forgetSoon(turn);
    this.#isBusy = true;
    if (this.#reading.kind === 'data') this.#reading = { ...this.#reading, stale: true };
    try {
      await this.#walk(turn, query, isAgain);
    } catch (thrown) {
      if (turn === this.#turn) this.#fail(thrown);
    }
    if (turn !== this.#turn) return;
    this.#isBusy = false;
    this.#took = performance.now() - started;
    if (isAgain || this.#isTold) this.rows.renew();
    this.#isTold = false;
    if (this.#isAsked) this.refresh();
  }

  async #walk(turn: number, query: CommitQuery, isAgain: boolean): Promise<void> {
    const ids = new IdList();
    let after: string | null = null;
    do {
      const piece: CommitWalkDto = await this.#read(query, after);
      if (turn !== this.#turn) return;
      ids.push(piece.ids);
      after = piece.next;
      const isWhole = after === null;
      if (isWhole || !isAgain) this.#show(ids, isWhole, piece.seen_until);
    } while (after !== null);
  }

  #show(ids: IdList, isWhole: boolean, seenUntil: string | null): void {
    const before = this.#isAnswered && this.#reading.kind === 'data' ? this.#reading.value : null;
    const isSame = before?.ids === ids;
    const arrived = before === null || this.#isFollowing ? 0 : arrivedBefore(before, ids);
    const waiting = isSame ? before.waiting : arrived;
    this.#isAnswered = true;
    this.#reading = {
      kind: 'data',
      value: new Walked(ids, waiting, isWhole, seenUntil),
      stale: false,
      problem: null,
    };
  }

  #fail(thrown: unknown): void {
    const error = toApiError(thrown);
    const { reading } = this;
    this.#reading =
      reading.kind === 'data' && this.#isAnswered
        ? { ...reading, stale: true, problem: error }
        : { kind: 'failed', error };
  }

  /** What answers another question is not shown for long. */
  #forgetSoon(turn: number): void {
    if (this.#reading.kind === 'failed') this.#reading = { kind: 'loading' };
    setTimeout(() => {
      if (turn === this.#turn && !this.#isAnswered && this.#reading.kind === 'data')
        this.#reading = { kind: 'loading' };
    }, PATIENCE);
  }
}
