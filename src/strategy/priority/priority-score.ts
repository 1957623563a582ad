import { centredRanks } from '../../math/rank.js';
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
export function priorities(inputs: readonly PriorityInput[], { parts, signals }: Pick<PriorityConfig, 'parts' | 'signals'>): Priority[] {
  const ranks = (value: (input: PriorityInput) => number): Float64Array => centredRanks(Float64Array.from(inputs, (input) => settled(value(input)))).map((rank) => (Number.isNaN(rank) ? MIDDLE : rank + MIDDLE));
  const [score, uncertainty, liquidity, volatility] = [ranks((one) => one.score), ranks((one) => one.uncertainty), ranks((one) => one.dollarVolume), ranks((one) => one.volatility)];
  const total = parts.score + parts.liquidity + parts.signals || 1;
  return inputs.map((input, i) => {
    const share = signalShare(input.signals, signals);
    const value = (parts.score * score[i] - parts.uncertainty * uncertainty[i] + parts.liquidity * liquidity[i] - parts.volatility * volatility[i] + parts.signals * share) / total;
    return { value, score: score[i], uncertainty: uncertainty[i], liquidity: liquidity[i], volatility: volatility[i], signals: share };
  });
}

/** Six digits: what differs by rounding alone is equal, and not ranked by noise. */
const settled = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(6)) : Number.NaN);

/** Whether a signal speaks for a name; `null` when its feature is unknown. */
export function speaksFor({ above, below }: PrioritySignal, value: number): boolean | null {
  if (Number.isNaN(value)) return null;
  return above !== undefined ? value > above : value < below!;
}

function signalShare(values: readonly number[], signals: readonly PrioritySignal[]): number {
  const known = signals.map((signal, i) => speaksFor(signal, values[i])).filter((speaks) => speaks !== null);
  return known.length === 0 ? MIDDLE : known.filter(Boolean).length / known.length;
}
