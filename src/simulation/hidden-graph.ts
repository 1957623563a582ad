import type { Rng } from '../core/rng.js';
import type { HiddenGraphSettings } from './settings.js';

/** An undirected graph of stocks, by their positions. */
export interface HiddenGraph {
  /** [edge] both ends; each edge once. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** [stock] */
  readonly neighbours: readonly Int32Array[];
}

/** Puts the stocks of each sector in a random circle, and joins each with the nearest on both sides. */
export function drawHiddenGraph(sectorOf: Int32Array, { neighbours }: Pick<HiddenGraphSettings, 'neighbours'>, rng: Rng): HiddenGraph {
  const sets = Array.from(sectorOf, () => new Set<number>());
  const [from, to]: [number[], number[]] = [[], []];
  for (const sector of new Set(sectorOf)) {
    const members = rng.fork(`sector ${sector}`).shuffle(Array.from(sectorOf.keys()).filter((i) => sectorOf[i] === sector));
    members.forEach((one, at) => {
      for (let step = 1; step <= neighbours / 2; step++) {
        const other = members[(at + step) % members.length];
        if (other === one || sets[one].has(other)) continue;
        sets[one].add(other);
        sets[other].add(one);
        from.push(one);
        to.push(other);
      }
    });
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), neighbours: sets.map((set) => Int32Array.from(set).sort()) };
}

/** Correlation of the scaled residuals of each stock's neighbours with each other, row by row; [stock] of [neighbour, neighbour] */
export function neighbourCorrelations({ neighbours }: HiddenGraph, coupling: number): Float64Array[] {
  const adjacent = neighbours.map((list) => new Set(list));
  const between = (a: number, b: number): number => (a === b ? 1 : adjacent[a].has(b) ? coupling / Math.sqrt(neighbours[a].length * neighbours[b].length) : 0);
  return neighbours.map((list) => Float64Array.from(Array.from(list).flatMap((a) => Array.from(list, (b) => between(a, b)))));
}
