import type { Backend, LiveDto } from '../backend/backend';

/** What is running now, as last told. */
export class Live {
  #now = $state.raw<LiveDto>({ commits: null, jira: null });
  /** Grows with each event, so that an answer that was overtaken by one is dropped. */
  #told = 0;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get now(): LiveDto {
    return this.#now;
  }

  /** Takes what an event tells. */
  tell(live: LiveDto): void {
    this.#told += 1;
    this.#now = live;
  }

  /** Asks, for what was told while nobody listened. */
  async ask(): Promise<void> {
    const told = this.#told;
    try {
      const live = await this.#backend.call('live', {});
      if (told === this.#told) this.#now = live;
    } catch {
      // The views' own calls fail likewise, and say so.
    }
  }
}
