const NUMBERS = new Intl.NumberFormat('en-GB');

/** `1,340` */
export const grouped = (count: number): string => NUMBERS.format(count);

/** `1 new commit`, `4 new commits`, `no new commits` is the caller's. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
