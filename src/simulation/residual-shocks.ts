import type { Rng } from '../core/rng.js';
import type { HiddenGraph } from './hidden-graph.js';

/** Source of the residual shocks of each session: of unit variance, correlated along the edges of a graph. */
export class ResidualShocks {
  /** Of the session drawn last, [symbol]. */
  readonly values: Float64Array;
  readonly #own: readonly Rng[];
  readonly #edges: readonly Rng[];
  readonly #graph: HiddenGraph | null;
  readonly #coupling: number;

  /** @param coupling share of the variance that a stock has in common with its neighbours */
  constructor(count: number, graph: HiddenGraph | null, coupling: number, rng: Rng) {
    this.values = new Float64Array(count);
    this.#own = Array.from({ length: count }, (_, i) => rng.fork(`stock ${i}`));
    this.#edges = Array.from(graph?.from ?? [], (from, edge) => rng.fork(`edge ${from} ${graph!.to[edge]}`));
    this.#graph = graph;
    this.#coupling = coupling;
  }

  draw(): Float64Array {
    const { values } = this;
    const graph = this.#graph;
    for (let i = 0; i < values.length; i++) values[i] = (graph !== null && graph.neighbours[i].length > 0 ? Math.sqrt(1 - this.#coupling) : 1) * this.#own[i].normal();
    if (graph === null) return values;
    this.#edges.forEach((stream, edge) => {
      const shared = Math.sqrt(this.#coupling) * stream.normal();
      const [from, to] = [graph.from[edge], graph.to[edge]];
      values[from] += shared / Math.sqrt(graph.neighbours[from].length);
      values[to] += shared / Math.sqrt(graph.neighbours[to].length);
    });
    return values;
  }
}
