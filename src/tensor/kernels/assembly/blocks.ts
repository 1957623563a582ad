import { TILE } from './series';

/** Rows that are put in order together: the more, the nearer to each other those of a tile, as long as their sums stay in a cache. */
const BLOCK = 16384;

/** Rows of a block: blocks are about equally large, and whole tiles. */
export function blockRows(rows: i32): i32 {
  const blocks = max(1, (rows + BLOCK - 1) / BLOCK);
  return min(BLOCK, ((rows + blocks - 1) / blocks + TILE - 1) / TILE * TILE);
}
