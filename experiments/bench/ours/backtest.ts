import { isoDate, Panel, runWeights, toEpochDay, VERSION, XNYS, type WeightsRun } from 'swinglab';
import type { Case, Check, Settings } from '../case.js';

const NAMES = 500;
const SESSIONS = 2500;
const COSTS = { commissionBps: 5, halfSpreadBps: 0, slippageBps: 2 };

/** Prices and weights that the peer makes the same way: a linear congruence in exact whole numbers. */
function made(): { bars: Panel; weights: Panel } {
  const symbols = Array.from({ length: NAMES }, (_, i) => `S${String(i).padStart(3, '0')}`);
  const first = toEpochDay(isoDate('2010-01-04'));
  const sessions = XNYS.sessionDays(first, first + 4000).slice(0, SESSIONS);
  const size = NAMES * SESSIONS;
  const [open, close, weight] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let row = 0; row < NAMES; row++) {
    for (let t = 0; t < SESSIONS; t++) {
      const at = row * SESSIONS + t;
      open[at] = 50 + ((row * 7919 + t * 104729) % 10007) / 500;
      close[at] = 50 + ((row * 7919 + t * 104729 + 3001) % 10007) / 500;
      weight[at] = ((row * 15485863 + t * 32452843) % 1009) / (1009 * NAMES);
    }
  }
  return { bars: new Panel({ symbols, sessions, columns: { open, close } }), weights: new Panel({ symbols, sessions, columns: { weight } }) };
}

function check({ equity, turnover }: WeightsRun): Check {
  return { sessions: equity.length, last: equity[equity.length - 1], sum: equity.reduce((total, value) => total + value, 0), turnover: turnover.reduce((total, value) => total + value, 0) };
}

/** Daily weights of 500 names over 2,500 sessions, filled at the next open with costs: the research book on its fast path. */
export function prepare({ threads }: Settings): Promise<Case<WeightsRun>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that both sides use, found --threads ${threads}`);
  const input = made();
  return Promise.resolve({ version: `swinglab ${VERSION}`, run: () => Promise.resolve(runWeights({ ...input, initialCash: 1e6, costs: COSTS })), check });
}
