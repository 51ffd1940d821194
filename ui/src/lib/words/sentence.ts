/**
 * A capital at the beginning and a full stop at the end; what has both already is left alone. A first word that is a
 * name or an address (`acme/api`, `https://…`) keeps its letters.
 */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const start = /^[a-z]+(?=[\s,]|$)/.test(trimmed)
    ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
    : trimmed;
  return /[.!?…]$/u.test(start) ? start : `${start}.`;
}
