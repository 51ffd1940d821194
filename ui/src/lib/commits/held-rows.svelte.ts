import { hold, type Held } from './held';

/** A list whose new rows wait until the reader lets them in. */
export class HeldRows<T> {
  /** What was shown last. Not a state: it follows from what is computed, and must not compute it again. */
  #shown: ReadonlySet<string> = new Set();
  #scope = '';
  #isFollowing = $state(false);
  /** Grows when the reader lets rows in. */
  #accepted = $state(0);
  readonly #held: Held<T>;

  /** `scopeOf` tells which question the rows answer: with another one, everything is new and nothing waits. */
  constructor(fresh: () => readonly T[], keyOf: (row: T) => string, scopeOf: () => string) {
    let accepted = 0;
    this.#held = $derived.by(() => {
      const isLetIn = this.#isFollowing || this.#accepted !== accepted || scopeOf() !== this.#scope;
      const held = hold(isLetIn ? new Set() : this.#shown, fresh(), keyOf);
      accepted = this.#accepted;
      this.#scope = scopeOf();
      this.#shown = new Set(held.rows.map(keyOf));
      return held;
    });
  }

  get rows(): readonly T[] {
    return this.#held.rows;
  }

  get waiting(): number {
    return this.#held.waiting;
  }

  accept(): void {
    this.#accepted += 1;
  }

  /** Lets everything in as it comes. */
  follow(): void {
    this.#isFollowing = true;
  }

  hold(): void {
    this.#isFollowing = false;
  }
}
