import { InvariantError } from '../../core/errors.js';
import { Panel } from '../../table/panel.js';
import type { Feature } from '../feature.js';
import { FEATURES } from '../registry.js';
import { computeRows } from './compute-rows.js';
import { compareMembers } from './cross-section.js';
import { betweenSessions, ofSymbols } from './cut.js';
import type { FeatureInputs } from './feature-inputs.js';
import { MarketInputs } from './market-inputs.js';
import { marketValues, spread } from './market-rows.js';
import { planFeatures } from './plan.js';
import { rowsTask } from './rows-task.js';

export interface ComputeOptions {
  /** Only so many sessions at the end; all when absent. The earlier ones still serve as history. */
  readonly last?: number;
  /** Only these symbols; all when absent. The others still count for the index, the sectors and comparisons. */
  readonly symbols?: readonly string[];
  /** Where features that others compare are looked up; the registry when absent. */
  readonly known?: readonly Feature[];
}

/**
 * Features of every instrument of a panel as Float32 columns [symbol, session], on the calling thread.
 *
 * With `last`, the same values bit for bit as those sessions of the whole, at the cost of their windows only.
 * @throws InvariantError when the panel lacks a bar column, or a feature does not give one value a session
 */
export function computeFeatures(inputs: FeatureInputs, features: readonly Feature[], { last, symbols, known = FEATURES }: ComputeOptions = {}): Panel {
  const plan = planFeatures(features, known);
  const { inputs: given, from, firstBar } = lastSessions(inputs, last, plan.lookback);
  const market = new MarketInputs(given);
  const shown = shownInputs(given, symbols, firstBar);
  const task = rowsTask(shown.inputs, market, { start: 0, end: shown.inputs.bars.symbols.length, from, firstBar: shown.firstBar });
  const series = computeRows(task, plan.rest);
  const everyone = rowsTask(given, market, { start: 0, end: given.bars.symbols.length, from, firstBar });
  const compared = computeRows(everyone, plan.compared);
  const columns = Object.fromEntries(
    plan.wanted.map((feature) => {
      if (feature.kind === 'series') return [feature.name, series[feature.name] ?? shown.pick(compared[feature.name])];
      if (feature.kind === 'market') return [feature.name, spread(marketValues(feature, market, from), { close: task.columns.close, suspect: task.suspect, from })];
      return [feature.name, shown.pick(compareMembers(feature, compared[feature.of], market, from))];
    }),
  );
  return new Panel({ symbols: shown.inputs.bars.symbols, sessions: given.bars.sessions.slice(from), columns });
}

/** Those symbols that are shown, and how their rows are picked from columns of all. */
export interface ShownInputs {
  readonly inputs: FeatureInputs;
  readonly firstBar: Int32Array;
  pick(column: Float32Array): Float32Array;
}

/** @throws InvariantError for a symbol that the inputs do not hold */
export function shownInputs(inputs: FeatureInputs, symbols: readonly string[] | undefined, firstBar: Int32Array): ShownInputs {
  // a lab always says which symbols it shows: all of them need no copy
  const isAll = symbols?.length === inputs.bars.symbols.length && symbols.every((symbol, row) => symbol === inputs.bars.symbols[row]);
  if (symbols === undefined || isAll) return { inputs, firstBar, pick: (column) => column };
  const rows = symbols.map((symbol) => inputs.bars.row(symbol));
  return {
    inputs: ofSymbols(inputs, symbols),
    firstBar: Int32Array.from(rows, (row) => firstBar[row]),
    pick(column) {
      const kept = column.length / inputs.bars.symbols.length;
      const picked = new Float32Array(rows.length * kept);
      rows.forEach((row, i) => picked.set(column.subarray(row * kept, (row + 1) * kept), i * kept));
      return picked;
    },
  };
}

/**
 * The end of the inputs that the last sessions need, and where those begin in it.
 * @throws InvariantError for a number of sessions that is none
 */
export function lastSessions(inputs: FeatureInputs, last: number | undefined, lookback: number): { inputs: FeatureInputs; from: number; firstBar: Int32Array } {
  const firstBar = firstBars(inputs.bars);
  const width = inputs.bars.sessions.length;
  if (last === undefined || last >= width) return { inputs, from: 0, firstBar };
  if (!(Number.isInteger(last) && last >= 0)) throw new InvariantError(`expected a number of sessions, found ${last}`);
  const start = Math.max(0, width - last - lookback);
  if (start === 0) return { inputs, from: width - last, firstBar };
  return { inputs: betweenSessions(inputs, start, width), from: width - last - start, firstBar: firstBar.map((first) => first - start) };
}

/** Position of the first bar of each symbol, the number of sessions where there is none. */
function firstBars(bars: Panel): Int32Array {
  const width = bars.sessions.length;
  const close = bars.column('close');
  return Int32Array.from(bars.symbols, (_, row) => {
    let t = 0;
    while (t < width && !(close[row * width + t] > 0)) t++;
    return t;
  });
}
