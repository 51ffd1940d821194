/** How many quiet hues there are; tokens.css holds them as --hue-0 and on. The last one is grey, for what has no name. */
export const HUES = 6;

/** The hue of a repository. It depends on the name alone, so that it is the same in every list and on every day. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % (HUES - 1);
}

/**
 * Hues for a few that stand in one picture: each its own, as long as there are any, and the one it has in lists where
 * nobody before it has taken that. The last hue is grey, and left to all others together.
 */
export function distinctHues(names: readonly string[]): Map<string, number> {
  const free = new Set(Array.from({ length: HUES - 1 }, (_, hue) => hue));
  const hues = new Map<string, number>();
  const take = (name: string, hue: number) => {
    free.delete(hue);
    hues.set(name, hue);
  };
  for (const name of names) if (free.has(hueOf(name))) take(name, hueOf(name));
  for (const name of names) if (!hues.has(name)) take(name, [...free][0] ?? hueOf(name));
  return hues;
}
