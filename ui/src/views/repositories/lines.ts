/** Addresses as they were pasted, a line each. */

/** Each address once, in the order of the lines; what stands before or after it on its line is no part of it. */
export function addressesOf(text: string): string[] {
  return [...new Set(linesOf(text).map(addressOf))].filter((address) => address !== '');
}

/** What is left to do when these were added: the other lines, as they were written. */
export const linesWithout = (text: string, added: readonly string[]): string =>
  linesOf(text)
    .filter((line) => addressOf(line) !== '' && !added.includes(addressOf(line)))
    .join('\n');

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

const addressOf = (line: string): string => line.replace(/^[\s*•-]+/, '').split(/[\s,;]+/)[0] ?? '';

/** Whether it is more than a field of one line can take. */
export const isSeveral = (text: string): boolean => addressesOf(text).length > 1;
