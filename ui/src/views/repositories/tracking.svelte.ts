import { toApiError, type Backend } from '../../lib/backend/backend';
import type { Session } from '../../lib/data/session.svelte';

/** What became of one repository that was chosen. */
export type Fate =
  | { kind: 'waiting' }
  | { kind: 'adding' }
  | { kind: 'tracked' }
  | { kind: 'known' }
  | { kind: 'failed'; why: string };

/** What is to be tracked. Without an account, PDT finds the one at that host. */
export interface Wanted {
  url: string;
  account: string | null;
}

/** So many are asked for at once: quick for a long list, and no burst for the service. */
const AT_ONCE = 4;

/** Tracks many repositories. Each has its own outcome; none stops the others. */
export class Tracking {
  #fates = $state.raw<ReadonlyMap<string, Fate>>(new Map());
  #isBusy = $state(false);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  fateOf({ url }: Pick<Wanted, 'url'>): Fate | null {
    return this.#fates.get(url) ?? null;
  }

  count(kind: Fate['kind']): number {
    return [...this.#fates.values()].filter((fate) => fate.kind === kind).length;
  }

  async start(chosen: readonly Wanted[]): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#fates = new Map(chosen.map(({ url }) => [url, { kind: 'waiting' }]));
    // All go to where they were chosen for, even if another profile is looked at meanwhile.
    const { backend, profile, stores } = this.#session;
    const queue = [...chosen];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await this.#track(next, backend, profile);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    this.#isBusy = false;
    stores.refresh();
  }

  async #track({ url, account }: Wanted, backend: Backend, profile: string): Promise<void> {
    this.#set(url, { kind: 'adding' });
    try {
      const { was_tracked } = await backend.call('add_repository', { profile, url, account });
      this.#set(url, { kind: was_tracked ? 'known' : 'tracked' });
    } catch (thrown) {
      const { message, hint } = toApiError(thrown);
      this.#set(url, { kind: 'failed', why: hint === null ? message : `${message} ${hint}` });
    }
  }

  #set(url: string, fate: Fate): void {
    this.#fates = new Map(this.#fates).set(url, fate);
  }
}
