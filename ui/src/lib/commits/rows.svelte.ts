import { toApiError, type ApiErrorDto, type CommitRowDto } from '../backend/backend';

/** So many rows are kept. */
const KEPT = 4_000;
/** So many are asked for at once. */
const AT_ONCE = 200;

/** A row as it was read; null for a commit that is gone. */
interface Held {
  row: CommitRowDto | null;
  /** Which reading it is from. */
  turn: number;
}

/** The rows of commits, read as they come into sight. Those that nobody has looked at for long are forgotten. */
export class CommitRows {
  readonly #read: (ids: number[]) => Promise<CommitRowDto[]>;
  readonly #held = new Map<number, Held>();
  /** Grows when rows have come. */
  #version = $state(0);
  #problem = $state.raw<ApiErrorDto | null>(null);
  #wanted: readonly number[] = [];
  #turn = 0;
  #isAsking = false;

  constructor(read: (ids: number[]) => Promise<CommitRowDto[]>) {
    this.#read = read;
  }

  /** Why rows are missing. */
  get problem(): ApiErrorDto | null {
    return this.#problem;
  }

  /** The row of a commit; null for one that is gone, undefined for one that is not read yet. */
  of(id: number): CommitRowDto | null | undefined {
    void this.#version;
    return this.#held.get(id)?.row;
  }

  /** Reads these, the first ones first. What was wanted before and is not among them is not read any more. */
  want(ids: readonly number[]): void {
    this.#wanted = ids;
    for (const id of ids) {
      const held = this.#held.get(id);
      if (!held) continue;
      // The last one of the map is the one that was looked at last.
      this.#held.delete(id);
      this.#held.set(id, held);
    }
    void this.#ask();
  }

  /** Reads again what is wanted; until then it is shown as it was. */
  renew(): void {
    this.#turn += 1;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      for (let ids = this.#missing(); ids.length > 0; ids = this.#missing()) {
        const turn = this.#turn;
        this.#take(ids, await this.#read(ids), turn);
      }
      this.#problem = null;
    } catch (thrown) {
      this.#problem = toApiError(thrown);
    } finally {
      this.#isAsking = false;
    }
  }

  #missing(): number[] {
    const isOld = (id: number) => this.#held.get(id)?.turn !== this.#turn;
    return this.#wanted.filter(isOld).slice(0, AT_ONCE);
  }

  #take(ids: readonly number[], rows: readonly CommitRowDto[], turn: number): void {
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const id of ids) {
      this.#held.delete(id);
      this.#held.set(id, { row: found.get(id) ?? null, turn });
    }
    for (const id of this.#held.keys()) {
      if (this.#held.size <= KEPT) break;
      this.#held.delete(id);
    }
    this.#version += 1;
  }
}
