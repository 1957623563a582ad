import { gridCells, result, runGrid, VERSION, type GridResult } from 'swinglab';
import type { Case, Settings } from '../case.js';

const TICKERS = 100;
const SESSIONS = 2500;
const COSTS = { commissionBps: 5, halfSpreadBps: 0, slippageBps: 2 };
const FAST = Array.from({ length: 20 }, (_, i) => 3 + 2 * i);
const SLOW = Array.from({ length: 50 }, (_, i) => 45 + 4 * i);
/** Pairs that the peer evaluates: the first fast window with each slow one. */
const COMPARED = SLOW.length;

/** A whole number that the peer makes the same way: squares modulo a prime. */
const draw = (at: number): number => (at + 1) ** 2 % 1000003;

/** Walks of whole steps of which sums are exact, and a fine part that keeps averages from being equal. */
function made(): { readonly columns: number; readonly open: Float64Array; readonly high: Float64Array; readonly low: Float64Array; readonly close: Float64Array } {
  const size = TICKERS * SESSIONS;
  const [open, close] = [new Float64Array(size), new Float64Array(size)];
  for (let row = 0; row < TICKERS; row++) {
    let steps = 0;
    for (let t = 0; t < SESSIONS; t++) {
      const at = row * SESSIONS + t;
      open[at] = 200 + steps / 500 + draw(at + 7) / 1000003 / 100;
      steps += (draw(at) % 1001) - 500;
      close[at] = 200 + steps / 500 + draw(at + 3) / 1000003 / 100;
    }
  }
  return { columns: TICKERS, open, high: open.map((price, at) => Math.max(price, close[at])), low: open.map((price, at) => Math.min(price, close[at])), close };
}

function check({ figures }: GridResult) {
  const sum = (values: Float64Array): number => values.subarray(0, COMPARED * TICKERS).reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);
  return { trades: sum(figures.trades), return: sum(figures.totalReturn), sharpe: sum(figures.sharpeRatio), drawdown: sum(figures.maxDrawdown) };
}

/** 1,000 pairs of crossing averages on 100 tickers over 2,500 sessions, filled at the next open with costs, over all cores. */
export function prepare({ threads }: Settings): Promise<Case<GridResult>> {
  const cells = gridCells('crossing-averages', { fast: FAST, slow: SLOW });
  const input = { bars: made(), cells, costs: COSTS };
  return Promise.resolve({ version: `swinglab ${VERSION}`, units: cells.length * TICKERS, run: () => result(runGrid(input, { threads })), check });
}
