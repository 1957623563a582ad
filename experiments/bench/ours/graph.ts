import { correlationDays, graphInputs, NeighbourSearch, panelFromParquet, VERSION, type GraphInputs, type Neighbours, type Panel } from 'swinglab';
import type { Case, Check, Settings } from '../case.js';

const TICKERS = 500;
const DAYS = 250;
const WINDOW = 60;
const NEIGHBOURS = 10;

/** The names that traded at the most sessions, the first by name of equals, in order of their names. */
function longestRows(panel: Panel): readonly string[] {
  const rows = panel.symbols.map((symbol) => ({ symbol, count: panel.series('close', symbol).filter((close) => close > 0).length }));
  const longest = rows.sort((a, b) => b.count - a.count || (a.symbol < b.symbol ? -1 : 1)).slice(0, TICKERS);
  return longest.map(({ symbol }) => symbol).sort();
}

/** Each missing value replaced by the one before it, or at the start by the first after it, so that every return is there. */
function filled(panel: Panel): Panel {
  const close = Float64Array.from(panel.column('close'));
  const width = panel.sessions.length;
  for (let start = 0; start < close.length; start += width) {
    for (let at = start + 1; at < start + width; at++) if (!(close[at] > 0)) close[at] = close[at - 1];
    for (let at = start + width - 2; at >= start; at--) if (!(close[at] > 0)) close[at] = close[at + 1];
  }
  return panel.with({ close });
}

function neighbourDays(inputs: GraphInputs): readonly Neighbours[] {
  const search = new NeighbourSearch(NEIGHBOURS);
  const found: Neighbours[] = [];
  for (const { correlations } of correlationDays(inputs, { window: WINDOW, minPresent: 1 }, inputs.sessions.length - DAYS)) found.push(search.top(correlations));
  return found;
}

function check(found: readonly Neighbours[], inputs: GraphInputs): Check {
  const sum = (of: (target: number, node: number) => number): number => found.reduce((total, { target, count }) => total + target.reduce((part, other, at) => part + of(other, Math.floor(at / count)), 0), 0);
  const strength = (days: readonly Neighbours[]): number => days.reduce((total, { weight }) => total + weight.reduce((part, value) => part + Math.abs(value), 0), 0);
  return {
    days: found.length,
    returns: inputs.returns.reduce((total, value) => (Number.isNaN(value) ? total : total + value), 0),
    neighbours: sum((target) => target),
    pairs: sum((target, node) => (node + 1) * (target + 1)),
    squares: sum((target) => target * target),
    strength: strength(found),
    'last strength': strength(found.slice(-1)),
  };
}

/** Correlations of 500 names over 60 sessions on 250 days with the ten nearest neighbours of each. */
export async function prepare({ threads, data }: Settings): Promise<Case<readonly Neighbours[]>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that both sides use, found --threads ${threads}`);
  const panel = await panelFromParquet(`${data}/equities/sp500_adjusted.parquet`, { columns: ['close'] });
  const recent = panel.slice(panel.sessions.length - (DAYS + WINDOW + 1), panel.sessions.length);
  const inputs = graphInputs(filled(recent.select(longestRows(recent))));
  return { version: `swinglab ${VERSION}`, run: () => Promise.resolve(neighbourDays(inputs)), check: (found) => check(found, inputs) };
}
