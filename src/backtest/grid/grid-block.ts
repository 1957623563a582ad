import { MakerColumn } from '../signals/makers/maker-column.js';
import { signalMaker } from '../signals/makers/registry.js';
import type { MakerParams } from '../signals/makers/signal-maker.js';
import { columnBars, type WalkBars } from '../signals/signal-bars.js';
import type { WalkRules } from '../signals/signal-rules.js';
import { TradeColumns } from '../signals/trade-columns.js';
import { ColumnWalk, NO_LEVELS } from '../signals/walk-column.js';
import { writeFigures, type GridFigures } from './figures.js';

/** A grid as threads share it: bars and figures lie in shared memory. */
export interface GridJob {
  readonly bars: WalkBars;
  /** Checked. */
  readonly cells: readonly { readonly maker: string; readonly params: MakerParams; readonly rules: WalkRules }[];
  readonly figures: GridFigures;
  /** Whether sums of equity are wanted. */
  readonly returns: boolean;
}

/** Instruments and cells, each from, up to and not including. */
export interface GridBlock {
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly firstCell: number;
  readonly endCell: number;
}

/** Instruments of a block: sums of equity are put together of blocks, so it decides how they round, and must not depend on the threads. */
const BLOCK_COLUMNS = 4;
/** Blocks a grid is cut into at least, where it is large enough. */
const ENOUGH_BLOCKS = 16;
const LEAST_CELLS = 32;

/** The blocks of a grid, cells of few instruments cut too: each computes its indicators once for all of its cells. */
export function gridBlocks(columns: number, cells: number): GridBlock[] {
  const rows = Math.ceil(columns / BLOCK_COLUMNS);
  const cuts = Math.max(1, Math.min(Math.ceil(ENOUGH_BLOCKS / rows), Math.floor(cells / LEAST_CELLS)));
  return Array.from({ length: rows * cuts }, (_, i) => {
    const [row, cut] = [Math.floor(i / cuts), i % cuts];
    return {
      firstColumn: row * BLOCK_COLUMNS, endColumn: Math.min(columns, (row + 1) * BLOCK_COLUMNS),
      firstCell: Math.floor((cut * cells) / cuts), endCell: Math.floor(((cut + 1) * cells) / cuts),
    };
  });
}

/**
 * Writes the figures of a block.
 * @returns sums over its instruments of equity, each from 1, [cell of the block, session]; nothing where they are not wanted
 */
export function evaluateBlock({ bars, cells, figures, returns: isWanted }: GridJob, { firstColumn, endColumn, firstCell, endCell }: GridBlock): Float64Array {
  const { columns, sessions } = bars;
  const room = { equity: new Float64Array(sessions), returns: new Float64Array(sessions), trades: new TradeColumns() };
  const signals = { entries: new Uint8Array(sessions), exits: new Uint8Array(sessions) };
  const sums = new Float64Array(isWanted ? (endCell - firstCell) * sessions : 0);
  for (let column = firstColumn; column < endColumn; column++) {
    const own = columnBars(bars, column);
    const made = new MakerColumn(own);
    for (let cell = firstCell; cell < endCell; cell++) {
      const { maker, params, rules } = cells[cell];
      made.make(signalMaker(maker), params, signals);
      room.trades.clear();
      new ColumnWalk({ bars: own, signals, levels: NO_LEVELS, rules, initialCash: 1 }, { ...room, column }).run();
      writeFigures(figures, cell * columns + column, room);
      if (isWanted) add(room.equity, sums, (cell - firstCell) * sessions);
    }
  }
  return sums;
}

function add(values: Float64Array, into: Float64Array, from: number): void {
  for (let t = 0; t < values.length; t++) into[from + t] += values[t];
}
