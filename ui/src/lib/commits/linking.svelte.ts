import { toApiError, type ApiErrorDto, type Backend, type LinkDto } from '../backend/backend';
import { linkedWords } from './words';

/** What was done last to a commit's links, as it can be told and undone. */
export interface Done {
  words: string;
  /** What takes it back; null where nothing was changed. */
  undo: { key: string; isLinked: boolean } | null;
}

/** Links one commit to cards by hand. */
export class Linking {
  #done = $state.raw<Done | null>(null);
  #problem = $state.raw<ApiErrorDto | null>(null);
  #isBusy = $state(false);
  readonly #call: (name: 'link_commit' | 'unlink_commit', key: string) => Promise<LinkDto>;
  readonly #onchange: () => void;

  /** `onchange` hears of every link that was made or taken away. */
  constructor(backend: Backend, profile: string, sha: string, onchange: () => void) {
    this.#call = (name, key) => backend.call(name, { profile, sha, key });
    this.#onchange = onchange;
  }

  get done(): Done | null {
    return this.#done;
  }

  get problem(): ApiErrorDto | null {
    return this.#problem;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Answers whether it was done. */
  link(key: string): Promise<boolean> {
    return this.#do('link_commit', key);
  }

  unlink(key: string): Promise<boolean> {
    return this.#do('unlink_commit', key);
  }

  /** Takes back what was done last. */
  async undo(): Promise<void> {
    const undo = this.#done?.undo;
    if (!undo) return;
    const isUndone = await this.#do(undo.isLinked ? 'unlink_commit' : 'link_commit', undo.key);
    if (isUndone) this.#done = { words: 'Undone.', undo: null };
  }

  async #do(name: 'link_commit' | 'unlink_commit', key: string): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#problem = null;
    try {
      const answer = await this.#call(name, key);
      const undo = answer.changed ? { key: answer.key, isLinked: answer.linked } : null;
      this.#done = { words: linkedWords(answer), undo };
      this.#onchange();
      return true;
    } catch (thrown) {
      this.#done = null;
      this.#problem = toApiError(thrown);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }
}
