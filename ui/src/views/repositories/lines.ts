/** Addresses as they were pasted, a line each. */

/** Each address once, in the order of the lines; what stands before or after it on its line is no part of it. */
export function addressesOf(text: string): string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^[\s*•-]+/, '').split(/[\s,;]+/)[0] ?? '');
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** Whether it is more than a field of one line can take. */
export const isSeveral = (text: string): boolean => addressesOf(text).length > 1;
