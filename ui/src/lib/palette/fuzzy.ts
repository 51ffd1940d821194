/** How well letters that somebody types fit a text, where they need not stand together. */

const START = 8;
const TOGETHER = 5;
const GAP = 1;

/**
 * A number for how well `typed` fits; the higher the better; null where a letter is missing. Letters count more at the
 * beginning of words and next to each other, and short texts more than long ones. A blank begins another word, and words
 * may come in any order.
 */
export function fitOf(typed: string, text: string): number | null {
  const words = plain(typed).split(' ').filter(Boolean);
  const target = plain(text).slice(0, 200);
  let sum = 0;
  for (const word of words) {
    const fit = fitOfWord(word, target);
    if (fit === null) return null;
    sum += fit;
  }
  return sum - target.length / 100;
}

/** The best of the ways in which a word begins somewhere and goes on from there. */
function fitOfWord(word: string, text: string): number | null {
  let best: number | null = null;
  for (let from = text.indexOf(word.charAt(0)); from !== -1; from = text.indexOf(word.charAt(0), from + 1)) {
    const fit = fitFrom(word, text, from);
    // What does not fit from here fits from nowhere further on.
    if (fit === null) break;
    if (best === null || fit > best) best = fit;
  }
  return best;
}

function fitFrom(word: string, text: string, from: number): number | null {
  let sum = 0;
  let before = from - 1;
  for (const letter of word) {
    const at = text.indexOf(letter, before + 1);
    if (at === -1) return null;
    const isNext = at === before + 1 && before >= from;
    sum += isStart(text, at) ? START : isNext ? TOGETHER : -Math.min(at - before, 10) * GAP;
    before = at;
  }
  return sum;
}

const isStart = (text: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));

/** Without what is hard to type: capitals, marks above letters, more than one blank. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
