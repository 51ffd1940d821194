import { Resource } from './resource.svelte';

/** Something that is read for a question, such as the cards of a sprint. An answer to another question is not shown. */
export class Asked<Question, Answer> extends Resource<Answer> {
  readonly #asked: { question: Question | null };

  constructor(read: (question: Question) => Promise<Answer>) {
    const asked: { question: Question | null } = { question: null };
    super(() => (asked.question === null ? new Promise(() => undefined) : read(asked.question)));
    this.#asked = asked;
  }

  /** Asks this from now on. */
  ask(question: Question): void {
    if (JSON.stringify(question) === JSON.stringify(this.#asked.question)) return;
    this.#asked.question = question;
    this.forget();
  }
}
