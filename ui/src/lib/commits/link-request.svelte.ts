/** The wish to link one commit, by its number. It is taken once, and falls when another commit is opened. */
export class LinkRequest {
  #of = $state.raw<number | null>(null);

  ask(commit: number): void {
    this.#of = commit;
  }

  isFor(commit: number): boolean {
    return commit === this.#of;
  }

  take(): void {
    this.#of = null;
  }

  /** This commit is open now, or none. */
  follow(open: number | null): void {
    if (open !== this.#of) this.#of = null;
  }
}
