/** Very many numbers in their order, as small as they can be held. It only grows. */
export class IdList {
  #ids = new Float64Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(ids: readonly number[]): void {
    const length = this.#length + ids.length;
    if (length > this.#ids.length) {
      const wider = new Float64Array(Math.max(length, this.#ids.length * 2));
      wider.set(this.#ids.subarray(0, this.#length));
      this.#ids = wider;
    }
    this.#ids.set(ids, this.#length);
    this.#length = length;
  }

  /** The number at a place; -1 beyond the end. */
  at(index: number): number {
    return index < this.#length ? (this.#ids[index] ?? -1) : -1;
  }

  /** The place of a number; -1 where it is not. */
  indexOf(id: number): number {
    return this.#ids.subarray(0, this.#length).indexOf(id);
  }
}
