/** The beginning of a text, with an ellipsis where something is missing. No character is cut in two. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const isHalf = /[\uD800-\uDBFF]$/.test(text.slice(0, most));
  return `${text.slice(0, isHalf ? most - 1 : most)}…`;
}
