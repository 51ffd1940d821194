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

/** Whether this choice is the first of its group, and the group is to be named above it. */
export const beginsGroup = (choices: readonly Choice[], at: number): boolean =>
  choices[at]?.group !== undefined && choices[at]?.group !== choices[at - 1]?.group;
