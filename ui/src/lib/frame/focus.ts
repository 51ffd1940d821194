/** Where keys find lists and filters: views mark them with attributes, and know nothing of keys. */
export const KEY_LIST = { 'data-key-list': '' } as const;
export const KEY_ROW = { 'data-key-row': '' } as const;
export const KEY_FILTER = { 'data-key-filter': '' } as const;

/** Moves the focus in the first list of the view, or into it. */
export function moveInList(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-key-list] [data-key-row]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at === -1 ? (rows.find((row) => row.hasAttribute('aria-current')) ?? rows[0]) : rows[at + by];
  next?.focus();
  next?.scrollIntoView?.({ block: 'nearest' });
}

export function focusFilter(): void {
  document.querySelector<HTMLElement>('[data-key-filter]')?.focus();
}

/** Whether letters go into this element. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
