import { tick, untrack } from 'svelte';

import {
  isPressed,
  roomOf,
  rowAfter,
  rowsAt,
  scrollOf,
  topFor,
  topOf,
  within,
  type Measure,
  type Range,
} from './window-of-rows';

/** Things in an order, each with a number of its own. */
export interface Numbered {
  readonly length: number;
  at(index: number): number;
  /** Where this one is now; -1 where it is gone. */
  indexOf(id: number): number;
}

/** So many rows beside those in sight, for what a key or a reader's finger reaches next. */
const OVER = 10;
/** A step of more screens than this is one of the scrollbar, and no wheel's. */
const STEP = 3;
/** After so many milliseconds without a step nobody holds the scrollbar. */
const REST = 150;

/** Where a long list is scrolled to, and which of its rows has the focus. It outlives the list's elements. */
export class Rolling {
  #list = $state.raw<Numbered>({ length: 0, at: () => -1, indexOf: () => -1 });
  #rowHeight = $state(1);
  #viewport = $state(0);
  /** The pixel of the list that is at the top. */
  #top = $state(0);
  #active = $state(0);
  #isFocused = $state(false);
  #direction: 1 | -1 = 1;
  /** The row at the top, to find it again when the list has changed. */
  #held = -1;
  /** Where the scrollbar was last seen. */
  #scroll = 0;
  #element: HTMLElement | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #measure: Measure = $derived({
    count: this.#list.length,
    rowHeight: this.#rowHeight,
    viewport: this.#viewport,
  });
  readonly #seen: Range = $derived(rowsAt(this.#top, this.#measure));
  readonly #drawn: Range = $derived(rowsAt(this.#top, this.#measure, OVER));
  readonly #stop: number = $derived(this.#isSeen(this.#active) ? this.#active : this.#seen.first);
  readonly #room: number = $derived(roomOf(this.#measure));

  get list(): Numbered {
    return this.#list;
  }

  get top(): number {
    return this.#top;
  }

  /** Whether the focus is in the list. */
  get isFocused(): boolean {
    return this.#isFocused;
  }

  get rowHeight(): number {
    return this.#rowHeight;
  }

  /** How high the room of the scrollbar is. */
  get room(): number {
    return this.#room;
  }

  get viewport(): number {
    return this.#viewport;
  }

  /** The rows in sight. */
  get seen(): Range {
    return this.#seen;
  }

  /** The rows that have elements. */
  get drawn(): Range {
    return this.#drawn;
  }

  /** The row that Tab leads to. */
  get stop(): number {
    return this.#stop;
  }

  /** The way that was gone last. */
  get direction(): 1 | -1 {
    return this.#direction;
  }

  /** Takes another list or another height of its rows. What was read stays where it was on the screen. */
  take(list: Numbered, rowHeight: number): void {
    untrack(() => {
      const isOther = list !== this.#list;
      const active = this.#active < this.#list.length ? this.#list.at(this.#active) : -1;
      const eye = this.#isSeen(this.#active) ? this.#active : this.#seen.first;
      const onScreen = eye * this.#rowHeight - this.#top;
      const moved = isOther ? this.#moved(list) : 0;
      this.#list = list;
      if (rowHeight === this.#rowHeight) this.#place(this.#top + moved * rowHeight);
      else {
        this.#rowHeight = rowHeight;
        this.#place((eye + moved) * rowHeight - onScreen);
      }
      if (isOther) this.#keepActive(active, list);
    });
  }

  /** The row that has the focus keeps it wherever it is now. */
  #keepActive(id: number, list: Numbered): void {
    const before = this.#active;
    const now = id === -1 || list.at(before) === id ? before : list.indexOf(id);
    this.#active = Math.min(now === -1 ? before : now, Math.max(0, list.length - 1));
    const { activeElement } = document;
    const hasFocus = activeElement !== this.#element && this.#element?.contains(activeElement);
    if (hasFocus && this.#active !== before)
      void tick().then(() => this.#rowAt(this.#active)?.focus({ preventScroll: true }));
  }

  /** Goes to the first row. */
  reset(): void {
    untrack(() => {
      this.#active = 0;
      this.#place(0);
      this.follow();
    });
  }

  /** Is drawn in this element from now on, until the returned function is called. */
  attach(element: HTMLElement): () => void {
    this.#element = element;
    this.#viewport = element.clientHeight;
    this.#scroll = element.scrollTop;
    const sizes = new ResizeObserver(() => {
      this.#viewport = element.clientHeight;
      this.#place(this.#top);
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      clearTimeout(this.#rest);
      this.#element = null;
      this.#isFocused = false;
    };
  }

  /** Puts the scrollbar where the list is. Nothing moves by that. */
  follow(): void {
    const element = this.#element;
    if (element === null) return;
    const wanted = scrollOf(this.#top, this.#measure);
    if (Math.abs(element.scrollTop - wanted) >= 1) element.scrollTop = wanted;
    this.#scroll = element.scrollTop;
  }

  /** The scrollbar has moved: by a wheel or a key so many pixels, by a hand to a place in the whole. */
  scrolled(): void {
    const scroll = this.#element?.scrollTop ?? 0;
    const by = scroll - this.#scroll;
    if (by === 0) return;
    const measure = this.#measure;
    this.#scroll = scroll;
    this.#direction = by > 0 ? 1 : -1;
    const isStep = isPressed(measure) && Math.abs(by) <= STEP * measure.viewport;
    this.#place(isStep ? this.#top + by : topOf(scroll, measure));
    clearTimeout(this.#rest);
    const isAtEnd = scroll <= 0 || scroll >= this.#room - measure.viewport;
    if (isAtEnd) this.follow();
    else if (isPressed(measure)) this.#rest = setTimeout(() => this.follow(), REST);
  }

  /** The focus has come into the list. */
  hold(): void {
    this.#isFocused = true;
  }

  /** The focus goes to another element. A window that loses it keeps its place. */
  release(to: EventTarget | null): void {
    const isWithin = (one: EventTarget | null) =>
      one instanceof Node && this.#element?.contains(one) === true;
    this.#isFocused = isWithin(to) || isWithin(document.activeElement);
  }

  /** This row has the focus. */
  enter(index: number): void {
    this.#active = index;
  }

  /** Follows a key. Answers whether it led anywhere. */
  press(key: string): boolean {
    const next = rowAfter(key, this.#element?.contains(document.activeElement) ? this.#active : this.#stop, {
      ...this.#measure,
    });
    if (next === null) return false;
    void this.focus(next);
    return true;
  }

  /** Shows a row and puts the focus on it. */
  async focus(index: number): Promise<void> {
    this.#direction = index >= this.#active ? 1 : -1;
    this.#active = index;
    this.#place(topFor(index, this.#top, this.#measure));
    this.follow();
    await tick();
    this.#rowAt(index)?.focus({ preventScroll: true });
  }

  #rowAt(index: number): HTMLElement | null {
    return this.#element?.querySelector<HTMLElement>(`[data-index="${index}"] [data-key-row]`) ?? null;
  }

  #isSeen(index: number): boolean {
    return index >= this.#seen.first && index < this.#seen.end;
  }

  #place(top: number): void {
    this.#top = within(top, this.#measure);
    const { first } = this.#seen;
    this.#held = first < this.#list.length ? this.#list.at(first) : -1;
    this.#park();
  }

  /** By how many rows what is at the top is further down in another list. At the very top, what comes is shown. */
  #moved(list: Numbered): number {
    const { first } = this.#seen;
    if (this.#top === 0 || this.#held === -1 || list.at(first) === this.#held) return 0;
    const now = list.indexOf(this.#held);
    return now === -1 ? 0 : now - first;
  }

  /** A row that goes out of sight takes no focus with it: the list keeps it, and keys go on from that row. */
  #park(): void {
    const { activeElement } = document;
    if (this.#element === null || activeElement === this.#element) return;
    if (!this.#element.contains(activeElement)) return;
    const { first, end } = this.#drawn;
    if (this.#active < first || this.#active >= end) this.#element.focus({ preventScroll: true });
  }
}
