import { fromEpochDay, type EpochDay } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { requireGraphInputs, type GraphInputs } from './graph-inputs.js';
import { correlationWithComplete, pairwiseCorrelation, presentValues } from './pairwise.js';
import { RollingSums } from './rolling-sums.js';
import { pairCount, rowStart, type Symmetric } from './symmetric.js';
import { NodeFinder, type LeftOut } from './window-nodes.js';

export interface WindowSettings {
  /** Sessions of returns, the last that of the graph. */
  readonly window: number;
  /** Share of the window's returns that a node must have. */
  readonly minPresent: number;
}

/**
 * What the graph of a session is made of; everything was known at its close.
 *
 * The day after is computed in the memory of this one: copy what is to stay.
 */
export interface CorrelationDay {
  readonly inputs: GraphInputs;
  readonly window: number;
  readonly session: EpochDay;
  /** Position of the session in the inputs. */
  readonly t: number;
  /** Rows of the inputs: members of the session with enough returns, ascending. [node] */
  readonly rows: Int32Array;
  /** Positions among `rows` of the nodes without gaps. */
  readonly complete: Int32Array;
  /** Of every two nodes over the window; over the sessions that both have where one has gaps. */
  readonly correlations: Symmetric;
  /** Variance of each node's returns in the window, divisor their count. [node] */
  readonly variance: Float64Array;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Correlations of the members of each session over the window that ends at it, from session (position) `start` to `end`, both inclusive.
 *
 * Each day is computed from the day before, and anew at the first session of a quarter: therefore a day is the same bit
 * for bit wherever the computation started, if that was not after the start of its quarter, and the same to 1e-9 otherwise.
 */
export function* correlationDays(inputs: GraphInputs, { window, minPresent }: WindowSettings, start = window - 1, end = inputs.sessions.length - 1): Generator<CorrelationDay, void, void> {
  requireGraphInputs(inputs);
  const { sessions } = inputs;
  if (start < window - 1 || end >= sessions.length) throw new InvariantError(`expected sessions from ${window - 1} to ${sessions.length - 1}, found ${start} to ${end} for graphs over ${window} sessions`);
  const finder = new NodeFinder(inputs, window, minPresent);
  const returns = inputs.returns.slice();
  const sums = new RollingSums({ returns, width: sessions.length }, window);
  let upper: Float64Array = new Float64Array(0);
  for (let t = start; t <= end; t++) {
    const { rows, complete, leftOut, open } = finder.at(t);
    const hasGaps = complete.length < rows.length;
    const without = hasGaps ? complete.map((i) => rows[i]) : rows;
    if (t === start || isNewQuarter(sessions[t - 1], sessions[t])) sums.restart(t, without);
    else sums.advance(t, without);
    const day = { inputs, window, session: sessions[t], t, rows, complete, leftOut };
    for (const cell of open) returns[cell] = Number.NaN;
    upper = sums.correlations(upper);
    const part: Measures = { correlations: { size: without.length, upper }, variance: sums.variance() };
    const measures = hasGaps ? withGaps(day, returns, part) : part;
    for (const cell of open) returns[cell] = inputs.returns[cell];
    yield { ...day, ...measures };
  }
}

/** Whether two days are of different quarters. */
export function isNewQuarter(before: EpochDay, day: EpochDay): boolean {
  return quarterOf(before) !== quarterOf(day);
}

/** The quarter of a day: `2018-q1`. */
export function quarterOf(day: EpochDay): string {
  const date = fromEpochDay(day);
  return `${date.slice(0, 4)}-q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}

type Measures = Pick<CorrelationDay, 'correlations' | 'variance'>;

/** The measures of the nodes without gaps as they are, those of the others pair by pair. */
function withGaps({ inputs, t, window, rows, complete }: Omit<CorrelationDay, keyof Measures>, returns: Float64Array, part: Measures): Measures {
  const size = rows.length;
  const upper = new Float64Array(pairCount(size));
  const variance = new Float64Array(size);
  for (let a = 0, at = 0; a < complete.length; a++) {
    variance[complete[a]] = part.variance[a];
    const start = rowStart(complete[a], size);
    for (let b = a + 1; b < complete.length; b++, at++) upper[start + complete[b]] = part.correlations.upper[at];
  }
  const isComplete = new Uint8Array(size);
  for (const i of complete) isComplete[i] = 1;
  const { sessions } = inputs;
  const windowStart = (i: number): number => rows[i] * sessions.length + t - window + 1;
  for (let i = 0; i < size; i++) {
    if (isComplete[i] === 1) continue;
    const present = presentValues(returns, windowStart(i), window);
    variance[i] = present.variation / present.at.length;
    for (let j = 0; j < size; j++) {
      if (j === i || (j < i && isComplete[j] === 0)) continue;
      const quick = isComplete[j] === 1 ? correlationWithComplete(present, returns, windowStart(j)) : Number.NaN;
      upper[i < j ? rowStart(i, size) + j : rowStart(j, size) + i] = Number.isNaN(quick) ? pairwiseCorrelation(returns, windowStart(i), windowStart(j), window) : quick;
    }
  }
  return { correlations: { size, upper }, variance };
}
