import { createRng, type Rng } from '../../../src/core/rng.js';
import type { FoundationBatch, FoundationConfig } from '../../../src/models/foundation/index.js';
import { disposeGraph, graphTensors, joinGraphs, type Graph } from '../../../src/models/gat/index.js';
import { tf } from '../../../src/tensor/tensorflow.js';

/** Stocks of a session, each hearing the two that follow it in a ring. */
export const NODES = 18;

const ring: Graph = { nodes: NODES, source: Int32Array.from({ length: 2 * NODES }, (_, e) => ((e >> 1) + 1 + (e & 1)) % NODES), target: Int32Array.from({ length: 2 * NODES }, (_, e) => e >> 1), features: { width: 1, values: new Float32Array(2 * NODES).fill(0.5) } };

export interface PlantedBatch {
  readonly batch: FoundationBatch;
  /** [nodes × horizons]. */
  readonly target: Float32Array;
  readonly sessions: number;
}

/** Sessions whose returns are `strength` times the mean of the neighbours' last first feature, and noise of deviation one. */
export function plantedSessions(config: FoundationConfig, rng: Rng, { sessions, strength }: { readonly sessions: number; readonly strength: number }): PlantedBatch {
  const { features, past, sectors, horizons } = config;
  const nodes = NODES * sessions;
  const values = Float32Array.from({ length: features * nodes * past }, () => rng.normal());
  const last = (node: number): number => values[node * past + past - 1];
  const target = new Float32Array(nodes * horizons.length);
  for (let node = 0; node < nodes; node++) {
    const [session, own] = [Math.floor(node / NODES), node % NODES];
    const heard = (last(session * NODES + ((own + 1) % NODES)) + last(session * NODES + ((own + 2) % NODES))) / 2;
    for (let h = 0; h < horizons.length; h++) target[node * horizons.length + h] = strength * heard + rng.normal();
  }
  return {
    batch: {
      past: tf.tensor2d(values, [features, nodes * past]),
      sectors: tf.tensor1d(Int32Array.from({ length: nodes }, () => rng.integer(0, sectors - 1)), 'int32'),
      sessions: tf.tensor1d(Int32Array.from({ length: nodes }, (_, node) => Math.floor(node / NODES)), 'int32'),
      sessionCount: sessions,
      graph: graphTensors(joinGraphs(Array.from({ length: sessions }, () => ring))),
    },
    target,
    sessions,
  };
}

export function disposeBatch({ past, sectors, sessions, graph }: FoundationBatch): void {
  tf.dispose([past, sectors, sessions]);
  disposeGraph(graph);
}

/** Correlation of two columns. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const of = (x: readonly number[], mx: number, y: readonly number[], my: number): number => x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return of(a, ma, b, mb) / Math.sqrt(of(a, ma, a, ma) * of(b, mb, b, mb));
}

export const seeded = (seed: number): Rng => createRng(seed);
