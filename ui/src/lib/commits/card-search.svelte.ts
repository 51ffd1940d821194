import type { Backend, FoundCardDto } from '../backend/backend';

/** So long nothing is asked after a key: who types quickly asks once. */
const PAUSE = 80;

/** Cards that are found while somebody types. An answer to an older text is dropped. */
export class CardSearch {
  #found = $state.raw<readonly FoundCardDto[]>([]);
  #isBusy = $state(false);
  /** Grows with each text. */
  #turn = 0;
  readonly #read: (text: string) => Promise<FoundCardDto[]>;

  constructor(backend: Backend, profile: string) {
    this.#read = (text) => backend.call('find_cards', { profile, text });
  }

  get found(): readonly FoundCardDto[] {
    return this.#found;
  }

  /** Whether what is found does not answer the last text yet. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  search(text: string): void {
    this.#turn += 1;
    if (text.trim() === '') {
      this.#found = [];
      this.#isBusy = false;
      return;
    }
    this.#isBusy = true;
    void this.#run(text.trim(), this.#turn);
  }

  async #run(text: string, turn: number): Promise<void> {
    await new Promise((done) => setTimeout(done, PAUSE));
    if (turn !== this.#turn) return;
    // A search that fails finds nothing: any key can be typed, and the view's own calls say what is wrong.
    const found = await this.#read(text).catch(() => []);
    if (turn !== this.#turn) return;
    this.#found = found;
    this.#isBusy = false;
  }
}
