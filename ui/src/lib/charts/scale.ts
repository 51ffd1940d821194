/** Ends of a scale that people read easily, between one and ten. */
const STEPS = [1, 2, 4, 5, 6, 8, 10];

/** A small scale makes a single commit look like a big day. */
const LEAST = 4;

/** Where a scale that begins at nothing ends, so that `most` fits: 4, 5, 6, 8, 10, 20, 40 … */
export function topOf(most: number): number {
  if (most <= LEAST) return LEAST;
  const unit = 10 ** Math.floor(Math.log10(most));
  return unit * (STEPS.find((step) => step * unit >= most) ?? 10);
}
