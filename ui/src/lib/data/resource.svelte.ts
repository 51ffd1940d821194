import { untrack } from 'svelte';

import { toApiError, type ApiErrorDto } from '../backend/backend';

/** What is known of something that is read from PDT. */
export type Reading<T> =
  | { kind: 'loading' }
  | { kind: 'data'; value: T; stale: boolean; problem: ApiErrorDto | null }
  | { kind: 'failed'; error: ApiErrorDto };

/** Something a view shows, which can be read again and again. */
export interface Readable<T> {
  readonly reading: Reading<T>;
  readonly isBusy: boolean;
  refresh(): void;
}

/**
 * One thing that is read from PDT and shared by all that show it. It is read while it is watched; what was read stays
 * for the next watcher, who sees it at once, as stale, until it was read again.
 */
export class Resource<T> implements Readable<T> {
  #reading = $state.raw<Reading<T>>({ kind: 'loading' });
  #isBusy = $state(false);
  readonly #read: () => Promise<T>;
  #watchers = 0;
  /** Grows with everything that makes an answer on its way worthless. */
  #turn = 0;
  #isAsked = false;

  constructor(read: () => Promise<T>) {
    this.#read = read;
  }

  get reading(): Reading<T> {
    return this.#reading;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get isWatched(): boolean {
    return this.#watchers > 0;
  }

  /** Reads, and reads again on `refresh`, until the returned function is called. */
  watch(): () => void {
    this.#watchers += 1;
    // The effect that watches must not run again because of what it starts here.
    if (this.#watchers === 1) untrack(() => this.supersede());
    return () => {
      this.#watchers -= 1;
      if (this.#watchers === 0) untrack(() => this.#leave());
    };
  }

  /** Reads again. While an answer is on its way, once more after it, however often this is called. */
  refresh(): void {
    if (!this.isWatched) return;
    if (this.#isBusy) this.#isAsked = true;
    else this.supersede();
  }

  /** Reads again at once, and drops the answer that is on its way: it answers another question. */
  supersede(): void {
    this.#turn += 1;
    void this.#run(this.#turn);
  }

  /** Takes an answer that came with another call. What was asked before it may be older, and is asked once more. */
  take(value: T): void {
    this.#reading = { kind: 'data', value, stale: false, problem: null };
    if (this.#isBusy) this.supersede();
  }

  /** Gives up what was read, for it answers another question. Reads again if anybody watches. */
  protected forget(): void {
    this.#reading = { kind: 'loading' };
    if (this.isWatched) this.supersede();
  }

  #leave(): void {
    this.#turn += 1;
    this.#isBusy = false;
    this.#isAsked = false;
  }

  async #run(turn: number): Promise<void> {
    this.#isBusy = true;
    this.#isAsked = false;
    if (this.#reading.kind === 'data') this.#reading = { ...this.#reading, stale: true };
    const next = await this.#answer();
    if (turn !== this.#turn) return;
    this.#reading = next;
    this.#isBusy = false;
    if (this.#isAsked) this.supersede();
  }

  /** What there is to show after reading. A failure never takes away what was read before. */
  async #answer(): Promise<Reading<T>> {
    try {
      return { kind: 'data', value: await this.#read(), stale: false, problem: null };
    } catch (thrown) {
      const error = toApiError(thrown);
      const before = this.#reading;
      return before.kind === 'data' ? { ...before, stale: true, problem: error } : { kind: 'failed', error };
    }
  }
}
