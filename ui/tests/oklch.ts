/** Contrast of OKLCH colours, after CSS Color 4 (the matrices) and WCAG 2.2 (the ratio). */
export interface Oklch {
  l: number;
  c: number;
  h: number;
}

/** Reads `oklch(52% 0.17 268)`. */
export function parseOklch(text: string): Oklch {
  const [, l, c, h] = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)$/.exec(text) ?? [];
  if (l === undefined || c === undefined || h === undefined) throw new Error(`"${text}" is no OKLCH colour.`);
  return { l: Number(l) / 100, c: Number(c), h: Number(h) };
}

export function contrast(one: Oklch, other: Oklch): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Oklch): number {
  const [red, green, blue] = linearRgb(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Linear sRGB; what a screen cannot show is cut to what it can. */
function linearRgb({ l, c, h }: Oklch): [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    shown(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    shown(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    shown(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

const shown = (part: number): number => Math.min(1, Math.max(0, part));
