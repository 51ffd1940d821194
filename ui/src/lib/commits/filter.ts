/** The first line of a message, which is all that a row shows. */
export function firstLine(message: string): string {
  const [line = ''] = message.trimStart().split('\n', 1);
  return line.trim();
}

export const shortSha = (sha: string): string => sha.slice(0, 7);
