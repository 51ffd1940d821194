/** What one part of a text has to know of the parts before it, and whether the text goes on where it ends. */
export class Past {
  readonly goesOn: boolean;
  /** How many colours were begun and not ended. */
  colours = 0;
  readonly #headings: number[] = [];

  constructor({ goesOn }: { goesOn: boolean }) {
    this.goesOn = goesOn;
  }

  /** How deep a heading of this rank (1 to 6) stands below those before it. Writers skip ranks; an outline does not. */
  depthOf(rank: number): number {
    while ((this.#headings.at(-1) ?? 0) >= rank) this.#headings.pop();
    return this.#headings.push(rank);
  }
}
