import { toApiError, type ApiErrorDto, type Backend, type PauseChoice } from '../backend/backend';

/** The pause of the background loops, as far as this window asks for it. Whether there is one, the status says. */
export class Pausing {
  #isBusy = false;
  #problem = $state.raw<ApiErrorDto | null>(null);
  readonly #backend: Backend;
  readonly #onchange: () => void;

  constructor(backend: Backend, onchange: () => void) {
    this.#backend = backend;
    this.#onchange = onchange;
  }

  get problem(): ApiErrorDto | null {
    return this.#problem;
  }

  pause(choice: PauseChoice): Promise<void> {
    return this.#do(() => this.#backend.call('pause', { choice }));
  }

  resume(): Promise<void> {
    return this.#do(() => this.#backend.call('resume', {}));
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#problem = null;
    try {
      await work();
      this.#onchange();
    } catch (thrown) {
      this.#problem = toApiError(thrown);
    } finally {
      this.#isBusy = false;
    }
  }
}
