/** Something that can be chosen from a list by typing. */
export interface Choice {
  /** Names it among the others. */
  id: string;
  label: string;
  detail?: string | undefined;
  /** What it is listed under. Those of one group stand together. */
  group?: string | undefined;
}

/** Where a key leads among so many choices; -1 is the field itself. Null for a key that leads nowhere. */
export function choiceAfter(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return at + 1 >= count ? 0 : at + 1;
  if (key === 'ArrowUp') return at <= 0 ? count - 1 : at - 1;
  if (key === 'PageDown') return Math.min(count - 1, at + 8);
  if (key === 'PageUp') return Math.max(0, at - 8);
  return null;
}

/** Those that have each of the words somewhere. */
export function choicesWith<T extends Choice>(choices: readonly T[], text: string): T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ label, detail = '' }) => {
    const all = `${label}\n${detail}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** The choices with each id once: what is found elsewhere may name one thing twice, such as a key of two sites. */
export function distinct<T extends Choice>(choices: readonly T[]): T[] {
  const seen = new Set<string>();
  return choices.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** The choice of this id before all others. */
export function firstOf<T extends Choice>(id: string | null, choices: readonly T[]): T[] {
  return [...choices.filter((one) => one.id === id), ...choices.filter((one) => one.id !== id)];
}

/** Those that are listed, and what was typed itself where it is none of them, for the list may not hold everything. */
export function withTyped(choices: readonly Choice[], text: string): Choice[] {
  const typed = text.trim();
  if (typed === '' || choices.some(({ id }) => id === typed)) return [...choices];
  return [...choices, { id: typed, label: typed, detail: 'as typed' }];
}

/** Where the choice is that an arrow led to, however the list has changed; -1 where it is gone. */
export const placeOf = (id: string, choices: readonly Choice[]): number =>
  choices.findIndex((one) => one.id === id);

/** Whether this choice is the first of its group, and the group is to be named above it. */
export const beginsGroup = (choices: readonly Choice[], at: number): boolean =>
  choices[at]?.group !== undefined && choices[at]?.group !== choices[at - 1]?.group;
