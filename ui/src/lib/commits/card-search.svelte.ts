import { toApiError, type ApiErrorDto, type Backend, type FoundCardDto } from '../backend/backend';

/** So long nothing is asked after a key: who types quickly asks once. */
const PAUSE = 80;

/** Cards that are found while somebody types. An answer to an older text is dropped. */
export class CardSearch {
  #found = $state.raw<readonly FoundCardDto[]>([]);
  #isBusy = $state(false);
  #problem = $state.raw<ApiErrorDto | null>(null);
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

  /** Why nothing was found for the last text. */
  get problem(): ApiErrorDto | null {
    return this.#problem;
  }

  search(text: string): void {
    this.#turn += 1;
    this.#problem = null;
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
    let found: readonly FoundCardDto[] = [];
    let problem: ApiErrorDto | null = null;
    try {
      found = await this.#read(text);
    } catch (thrown) {
      problem = toApiError(thrown);
    }
    if (turn !== this.#turn) return;
    this.#found = found;
    this.#problem = problem;
    this.#isBusy = false;
  }
}
