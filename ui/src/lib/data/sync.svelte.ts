import { toApiError, type ApiErrorDto, type Backend } from '../backend/backend';
import { resultLine } from '../words/progress';

/** A sync that was asked for in this window, and what came of it. */
export class Sync {
  #isAsked = $state(false);
  #isStopping = $state(false);
  #result = $state<string | null>(null);
  #problem = $state.raw<ApiErrorDto | null>(null);
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Whether an answer is awaited. What runs, and how far it is, `Live` knows. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** What the last sync by hand brought, in one line. */
  get result(): string | null {
    return this.#result;
  }

  get problem(): ApiErrorDto | null {
    return this.#problem;
  }

  async start(profile: string): Promise<void> {
    if (this.#isAsked) return;
    this.clear();
    this.#isAsked = true;
    try {
      const { commits } = await this.#backend.call('sync', { profile, what: 'both' });
      this.#result = commits ? resultLine(commits) : null;
    } catch (thrown) {
      this.#problem = toApiError(thrown);
    } finally {
      this.#isAsked = false;
      this.#isStopping = false;
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    try {
      await this.#backend.call('stop_sync', {});
    } catch (thrown) {
      this.#problem = toApiError(thrown);
      this.#isStopping = false;
    }
  }

  /** The run has ended, whoever had started it. */
  ended(): void {
    this.#isStopping = false;
  }

  /** Another run makes the last result old. */
  clear(): void {
    this.#result = null;
    this.#problem = null;
  }
}
