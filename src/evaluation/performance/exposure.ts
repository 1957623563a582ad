import { mean } from '../../math/stats.js';
import { finiteOrNull } from './ratio.js';
import { countSessions, type WeightMatrix } from './weight-matrix.js';

/** How much of its equity a book had in the market. */
export interface Exposure {
  /** Sum of absolute weights, [session], fraction of equity. */
  readonly gross: Float64Array;
  /** Sum of weights, [session], fraction of equity. */
  readonly net: Float64Array;
  /** Names held, [session]. */
  readonly names: Float64Array;
  /** Means over sessions; `null` of none. */
  readonly meanGross: number | null;
  readonly meanNet: number | null;
  readonly meanNames: number | null;
  /** Share of sessions on which anything was held, fraction; `null` of none. */
  readonly timeInMarket: number | null;
}

/** Gross and net exposure of a book by session. @throws InvariantError `BAD_WEIGHTS` */
export function exposure(matrix: WeightMatrix): Exposure {
  const sessions = countSessions(matrix, 'exposure');
  const [gross, net, names] = [new Float64Array(sessions), new Float64Array(sessions), new Float64Array(sessions)];
  for (let i = 0; i < matrix.weights.length; i++) {
    const weight = matrix.weights[i];
    gross[i % sessions] += Math.abs(weight);
    net[i % sessions] += weight;
    names[i % sessions] += weight === 0 ? 0 : 1;
  }
  const over = (values: Float64Array): number | null => finiteOrNull(mean(values));
  return { gross, net, names, meanGross: over(gross), meanNet: over(net), meanNames: over(names), timeInMarket: over(names.map((count) => (count > 0 ? 1 : 0))) };
}
