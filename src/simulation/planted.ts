import { InvariantError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { neighbourCorrelations, type HiddenGraph } from './hidden-graph.js';
import { plantedSlope } from './planted-slope.js';
import type { SimulationSettings } from './settings.js';

/** How much of a scaled residual return of a session each planted driver moves. */
export interface PlantedSlopes {
  /** In the order of the settings. */
  readonly signals: readonly number[];
  readonly momentum: number;
  readonly graph: number;
  /** What remains for chance, so that the variance stays 1. */
  readonly noise: number;
}

/** @throws InvariantError `BAD_SIMULATION` when all together explain more than half of the variance */
export function plantedSlopes(settings: SimulationSettings): PlantedSlopes {
  const signals = settings.signals.map(({ ic, horizon, persistence }) => plantedSlope({ ic, horizon, autocorrelation: (lag) => persistence ** lag }, settings));
  const { momentum: past, graph: hidden } = settings;
  const momentum = past === null ? 0 : plantedSlope({ ic: past.ic, horizon: past.horizon, autocorrelation: (lag) => Math.max(0, 1 - lag / (past.from - past.to)) }, settings);
  const graph = hidden === null ? 0 : plantedSlope({ ic: hidden.ic, horizon: hidden.horizon, autocorrelation: (lag) => (lag === 0 ? 1 : 0) }, settings);
  const explained = [...signals, momentum, graph].reduce((sum, slope) => sum + slope * slope, 0);
  if (explained > 0.5) throw new InvariantError(`expected planted effects that explain at most half of the residual variance of a session, found ${explained.toFixed(3)} in a simulation`, { code: 'BAD_SIMULATION', fields: { explained } });
  return { signals, momentum, graph, noise: Math.sqrt(1 - explained) };
}

/** Values of a feature column: independent AR(1) of unit variance; Float32 [symbol, session] */
export function drawSignal(count: number, length: number, persistence: number, rng: Rng): Float32Array {
  const values = new Float32Array(count * length);
  const innovation = Math.sqrt(1 - persistence ** 2);
  for (let i = 0; i < count; i++) {
    const stream = rng.fork(`stock ${i}`);
    let level = stream.normal();
    for (let t = 0; t < length; t++) {
      if (t > 0) level = persistence * level + innovation * stream.normal();
      values[i * length + t] = level;
    }
  }
  return values;
}

/** What the neighbours of each stock did, as one number of unit variance. */
export class NeighbourMoves {
  readonly #graph: HiddenGraph;
  readonly #correlations: readonly Float64Array[];

  constructor(graph: HiddenGraph, coupling: number) {
    this.#graph = graph;
    this.#correlations = neighbourCorrelations(graph, coupling);
  }

  /**
   * @param moves scaled residuals from close to close, NaN for a stock that is not listed; [symbol]
   * @param into 0 for a stock without listed neighbours; [symbol]
   */
  of(moves: Float64Array, into: Float64Array): void {
    this.#graph.neighbours.forEach((list, i) => {
      const correlations = this.#correlations[i];
      let [sum, variance] = [0, 0];
      for (let a = 0; a < list.length; a++) {
        const move = moves[list[a]];
        if (Number.isNaN(move)) continue;
        sum += move;
        for (let b = 0; b < list.length; b++) if (!Number.isNaN(moves[list[b]])) variance += correlations[a * list.length + b];
      }
      into[i] = variance === 0 ? 0 : sum / Math.sqrt(variance);
    });
  }
}
