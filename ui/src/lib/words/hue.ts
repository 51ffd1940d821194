/** How many quiet hues there are for repositories; tokens.css holds them as --hue-0 and on. */
export const HUES = 6;

/** The hue of a repository. It depends on the name alone, so that it is the same in every list and on every day. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % HUES;
}
