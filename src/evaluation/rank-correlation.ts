import type { Ranking } from './ranker.js';

/** Spearman's correlation over the members that two rankings share. */
export interface SharedRankCorrelation {
  /** Members in both. */
  readonly names: number;
  /** `null` where one of them does not vary, or with fewer than two members. */
  readonly correlation: number | null;
}

/**
 * Spearman's rank correlation of two rankings, again and again, over all members or within groups of them.
 *
 * Shared members are ranked anew from their order among all: sorting them for every pair would take most of the time.
 * @see Spearman (1904); ties share the mean of their ranks
 */
export class RankCorrelation {
  readonly #group: Int32Array;
  readonly #together: Int32Array;
  readonly #ordered: Int32Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;

  /** @param members number of members, the length of every ranking */
  constructor(members: number) {
    [this.#group, this.#together, this.#ordered] = [new Int32Array(members), new Int32Array(members), new Int32Array(members)];
    [this.#x, this.#y] = [new Float64Array(members), new Float64Array(members)];
  }

  of(x: Ranking, y: Ranking): SharedRankCorrelation {
    return ofSameMembers(x, y) ?? this.within(x, y, this.#together, 1)[0];
  }

  /**
   * Within each group, [group].
   *
   * @param groups group of each member, below `count`; −1 for none
   */
  within(x: Ranking, y: Ranking, groups: Int32Array, count: number): SharedRankCorrelation[] {
    const names = this.#share(x, y, groups, count);
    const ofX = this.#ranksWithin(x, names, this.#x);
    const ofY = this.#ranksWithin(y, names, this.#y);
    const group = this.#group;
    const [xx, yy, xy] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    for (let member = 0; member < group.length; member++) {
      const g = group[member];
      if (g < 0) continue;
      const rankX = ofX[member];
      const rankY = ofY[member];
      xx[g] += rankX * rankX;
      yy[g] += rankY * rankY;
      xy[g] += rankX * rankY;
    }
    return Array.from(names, (total, g) => ({ names: total, correlation: correlationOfSums(total, xx[g], yy[g], xy[g]) }));
  }

  /** Notes the group of each shared member; gives the shared members of each group. */
  #share(x: Ranking, y: Ranking, groups: Int32Array, count: number): Int32Array {
    const names = new Int32Array(count);
    const group = this.#group;
    for (let member = 0; member < group.length; member++) {
      const g = x.ranks[member] > 0 && y.ranks[member] > 0 ? groups[member] : -1;
      group[member] = g;
      if (g >= 0) names[g]++;
    }
    return names;
  }

  /** Average ranks from 1 of each shared member within its group. */
  #ranksWithin({ order, count, ranks: among }: Ranking, names: Int32Array, ranks: Float64Array): Float64Array {
    const [group, ordered] = [this.#group, this.#ordered];
    const next = startsOf(names);
    for (let i = 0; i < count; i++) {
      const g = group[order[i]];
      if (g >= 0) ordered[next[g]++] = order[i];
    }
    for (let g = 0; g < names.length; g++) {
      const start = next[g] - names[g];
      for (let i = start; i < next[g]; ) {
        const rank = among[ordered[i]];
        let end = i + 1;
        while (end < next[g] && among[ordered[end]] === rank) end++;
        const shared = (i + 1 + end) / 2 - start;
        for (; i < end; i++) ranks[ordered[i]] = shared;
      }
    }
    return ranks;
  }
}

/** Of two rankings of the same members, which need no ranking anew; `null` where they are not the same. */
function ofSameMembers(x: Ranking, y: Ranking): SharedRankCorrelation | null {
  if (x.count !== y.count) return null;
  const [ofX, ofY] = [x.ranks, y.ranks];
  let names = 0;
  let xy = 0;
  for (let member = 0; member < ofX.length; member++) {
    const product = ofX[member] * ofY[member];
    if (Number.isNaN(product)) continue;
    xy += product;
    names++;
  }
  return names === x.count ? { names, correlation: correlationOfSums(names, x.squares, y.squares, xy) } : null;
}

function startsOf(counts: Int32Array): Int32Array {
  let before = 0;
  return counts.map((count) => (before += count) - count);
}

/** Ranks are whole or halves, so these sums are exact: of equal ranks nothing is left, and equal rankings give 1. */
function correlationOfSums(names: number, xx: number, yy: number, xy: number): number | null {
  const centre = (names * (names + 1) ** 2) / 4;
  const [x, y] = [xx - centre, yy - centre];
  return x > 0 && y > 0 ? Math.max(-1, Math.min(1, (xy - centre) / Math.sqrt(x * y))) : null;
}
