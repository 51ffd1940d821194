import { MediaQuery } from 'svelte/reactivity';

/** How much room the window has. The same widths stand in the styles. */
export class Room {
  readonly #wide = new MediaQuery('(min-width: 900px)', true);

  /** Whether a detail has room beside its list. */
  get isWide(): boolean {
    return this.#wide.current;
  }
}
