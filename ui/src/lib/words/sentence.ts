/** A capital at the beginning and a full stop at the end; what has both already is left alone. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const [first = '', ...rest] = trimmed;
  const start = trimmed.startsWith('http') ? trimmed : first.toLocaleUpperCase('en') + rest.join('');
  return /[.!?…]$/u.test(start) ? start : `${start}.`;
}
