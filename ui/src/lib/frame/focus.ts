import { hashOf, type Route } from '../routes/route';

/*
 * Where the keyboard is. Views mark lists, rows and filters with `data-key-list`, `data-key-row` and
 * `data-key-filter`, and know nothing of keys.
 */

/** Moves the focus in the first list of the view, or into it. */
export function moveInList(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-key-list] [data-key-row]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at === -1 ? (rows.find(isOpen) ?? rows.find(isStop) ?? rows[0]) : rows[at + by];
  next?.focus();
  next?.scrollIntoView?.({ block: 'nearest' });
}

const isOpen = (row: HTMLElement) => row.hasAttribute('aria-current');

/** Whether Tab leads to it: in a long list, to one row of those in sight. */
const isStop = (row: HTMLElement) => row.tabIndex === 0;

export function focusFilter(): void {
  document.querySelector<HTMLElement>('[data-key-filter]')?.focus();
}

/** Whether letters go into this element. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/**
 * Puts the focus where a person goes on after having gone from one place to another: back in a list, on the row that
 * was open; elsewhere, on the heading. A focus that is still somewhere in the same view stays.
 */
export function focusAfter(from: Route, to: Route, main: HTMLElement): void {
  const isLost = document.activeElement === null || document.activeElement === document.body;
  if (from.view === to.view && !isLost) return;
  const isBack = from.view === to.view && to.rest.length < from.rest.length;
  const row = isBack ? rowOf(from, main) : undefined;
  if (row) row.focus();
  else main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

function rowOf({ view, rest }: Route, main: HTMLElement): HTMLElement | undefined {
  const rows = [...main.querySelectorAll<HTMLElement>('[data-key-row]')];
  return rows.find((row) => row.getAttribute('href')?.split('?')[0] === hashOf(view, rest));
}
