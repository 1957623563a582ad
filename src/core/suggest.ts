/** The candidate closest to `word`, when it is close enough to be a slip of the keys; `null` otherwise. */
export function suggest(word: string, candidates: readonly string[]): string | null {
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (best === null || distance < best.distance) best = { candidate, distance };
  }
  return best !== null && best.distance <= allowedDistance(word) ? best.candidate : null;
}

/**
 * Least number of insertions, deletions, replacements and exchanges of neighbours that turn one text into the other.
 * @see Damerau (1964); the restricted form, in which no part is edited twice
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const exchanged = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        last[column] + 1,
        current[column - 1] + 1,
        last[column - 1] + (same ? 0 : 1),
        exchanged ? beforeLast[column - 2] + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length];
}

/** The candidates that contain `word`, then those that are a slip of the keys away from it; each nearest first, none when nothing is like it. */
export function nearest(word: string, candidates: readonly string[], count: number): string[] {
  const sought = word.trim().toLowerCase();
  if (sought === '') return [];
  const like = [...new Set(candidates)].flatMap((candidate) => {
    const known = candidate.toLowerCase();
    const [contains, distance] = [hasPart(known, sought), editDistance(sought, known)];
    return contains || distance <= allowedDistance(sought) ? [{ candidate, contains, distance }] : [];
  });
  like.sort((a, b) => Number(b.contains) - Number(a.contains) || a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return like.slice(0, count).map(({ candidate }) => candidate);
}

/** Short words stand inside others by accident: "rsi" in "conversion"; those count where a part of the name begins with them. */
const hasPart = (name: string, word: string): boolean => (word.length > 3 ? name.includes(word) : `-${name}`.includes(`-${word}`));

/** Slips in a word of this length that still tell which one was meant. */
const allowedDistance = (word: string): number => Math.max(1, Math.floor(word.length / 3));
