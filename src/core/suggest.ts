/** The candidate closest to `word`, when it is close enough to be a slip of the keys; `null` otherwise. */
export function suggest(word: string, candidates: readonly string[]): string | null {
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (best === null || distance < best.distance) best = { candidate, distance };
  }
  const allowed = Math.max(1, Math.floor(word.length / 3));
  return best !== null && best.distance <= allowed ? best.candidate : null;
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

/** The candidates closest to `word`, nearest first. */
export function nearest(word: string, candidates: readonly string[], count: number): string[] {
  const distances = new Map(candidates.map((candidate) => [candidate, editDistance(word.toLowerCase(), candidate.toLowerCase())]));
  return [...distances.keys()].sort((a, b) => distances.get(a)! - distances.get(b)! || (a < b ? -1 : 1)).slice(0, count);
}
