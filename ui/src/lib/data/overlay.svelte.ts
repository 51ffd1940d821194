/** What may lie over a view because a key or a button has called it. */
export type OverlayName = 'keys' | 'palette';

export class Overlay {
  #shown = $state<OverlayName | null>(null);

  get shown(): OverlayName | null {
    return this.#shown;
  }

  show(name: OverlayName): void {
    this.#shown = name;
  }

  close(): void {
    this.#shown = null;
  }
}
