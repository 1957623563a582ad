import type { EdgeList } from './graph.js';
import { rowStart, type Symmetric } from './symmetric.js';

/** An edge between every two nodes of the same known sector, from the smaller position to the larger; its weight is their measure, 0 where there is none. */
export function sectorEdges({ size, upper }: Symmetric, sectors: Int32Array): EdgeList {
  const source: number[] = [];
  const target: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < size; i++) {
    if (sectors[i] < 0) continue;
    const start = rowStart(i, size);
    for (let j = i + 1; j < size; j++) {
      if (sectors[j] !== sectors[i]) continue;
      source.push(i);
      target.push(j);
      weight.push(Number.isNaN(upper[start + j]) ? 0 : upper[start + j]);
    }
  }
  return { source: new Int32Array(source), target: new Int32Array(target), weight: new Float64Array(weight) };
}
