import { ascendingOrder } from '../../math/ascending-order.js';
import { valuesOf } from '../gathered.js';
import type { PriorityConfig, PrioritySignal } from './config.js';

/** What is known of one name that could be held; NaN where unknown. */
export interface PriorityInput {
  /** By the model, any unit. */
  readonly score: number;
  /** Width of the interval of the expected return in own deviations of that return. */
  readonly uncertainty: number;
  /** Quote currency a session. */
  readonly dollarVolume: number;
  /** Annualized fraction. */
  readonly volatility: number;
  /** Values of the features that signals name, in their order. */
  readonly signals: readonly number[];
}

/** A priority and what it is made of, each part from 0 to 1. */
export interface Priority {
  readonly value: number;
  readonly score: number;
  readonly uncertainty: number;
  readonly liquidity: number;
  readonly volatility: number;
  readonly signals: number;
}

const MIDDLE = 0.5;

/**
 * Priorities [name] of names with a score:
 *
 *     priority = (a·S − b·U + c·L − d·V + e·G) / (a + c + e)
 *
 * S, U, L and V are percent ranks among the names (equals share their mean rank, unknown counts as the middle) of score,
 * uncertainty, traded value and volatility; G is the share of the known signals that speak for the name. Ranks make the
 * parts comparable whatever their units, and keep one extreme number from deciding.
 *
 * With all weights but that of the score at 0 the order is that of the scores. Known at the close, as its inputs are.
 */
export function priorities(inputs: readonly PriorityInput[], config: Pick<PriorityConfig, 'parts' | 'signals'>): Priority[] {
  const column = (value: (input: PriorityInput) => number): Float64Array => Float64Array.from(inputs, value);
  const found = priorityColumns({ score: column((one) => one.score), uncertainty: column((one) => one.uncertainty), dollarVolume: column((one) => one.dollarVolume), volatility: column((one) => one.volatility), signals: config.signals.map((_, k) => column((one) => one.signals[k])) }, config);
  return inputs.map((_, i) => ({ value: found.value[i], score: found.score[i], uncertainty: found.uncertainty[i], liquidity: found.liquidity[i], volatility: found.volatility[i], signals: found.signals[i] }));
}

/** What is known of names, as columns [name]; signals in their order. */
export type PriorityInputColumns = Readonly<Record<Exclude<keyof PriorityInput, 'signals'>, Float64Array>> & { readonly signals: readonly Float64Array[] };

/** The same for columns. */
export function priorityColumns(inputs: PriorityInputColumns, { parts, signals }: Pick<PriorityConfig, 'parts' | 'signals'>): Readonly<Record<keyof Priority, Float64Array>> {
  const [score, uncertainty, liquidity, volatility] = [inputs.score, inputs.uncertainty, inputs.dollarVolume, inputs.volatility].map(percentRanks);
  const shares = signalShares(inputs.signals, signals, score.length);
  const total = parts.score + parts.liquidity + parts.signals || 1;
  const value = valuesOf(score, (rank, i) => (parts.score * rank - parts.uncertainty * uncertainty[i] + parts.liquidity * liquidity[i] - parts.volatility * volatility[i] + parts.signals * shares[i]) / total);
  return { value, score, uncertainty, liquidity, volatility, signals: shares };
}

/** Six digits: what differs by rounding alone is equal, and not ranked by noise. */
const settled = (value: number): number => Number(value.toPrecision(6));

/** More than a unit of the sixth digit, as a part of any number. */
const NEAR = 1.1e-5;

/** Whether two values, the lesser first, are equal in six digits; most differ so much that none need be written out. */
function areEqual(a: number, b: number): boolean {
  if (a === b) return true;
  return b - a <= NEAR * Math.max(Math.abs(a), Math.abs(b)) && settled(a) === settled(b);
}

/** Ranks from 0 to 1 of what is finite, equals at their mean rank; the rest, and a lone value, count as the middle. */
function percentRanks(values: Float64Array): Float64Array {
  const order = ascendingOrder(valuesOf(values, (value) => (Number.isFinite(value) ? value : Number.NaN)));
  const ranks = new Float64Array(values.length).fill(MIDDLE);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && areEqual(values[order[last]], values[order[last + 1]])) last++;
    const rank = order.length === 1 ? 0 : (first + last) / 2 / (order.length - 1) - MIDDLE;
    for (; first <= last; first++) ranks[order[first]] = rank + MIDDLE;
  }
  return ranks;
}

/** Whether a signal speaks for a name; `null` when its feature is unknown. */
export function speaksFor({ above, below }: PrioritySignal, value: number): boolean | null {
  if (Number.isNaN(value)) return null;
  return above !== undefined ? value > above : value < below!;
}

/** Share of the known signals that speak for each name, [name]. */
function signalShares(values: readonly Float64Array[], signals: readonly PrioritySignal[], count: number): Float64Array {
  const [known, speaking] = [new Float64Array(count), new Float64Array(count)];
  signals.forEach((signal, k) => {
    for (let i = 0; i < count; i++) {
      const speaks = speaksFor(signal, values[k][i]);
      if (speaks !== null) known[i]++;
      if (speaks === true) speaking[i]++;
    }
  });
  return valuesOf(known, (all, i) => (all === 0 ? MIDDLE : speaking[i] / all));
}
