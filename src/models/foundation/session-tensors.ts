import { tf, type Tensor2D } from '../../tensor/tensorflow.js';
import { disposeGraph, graphTensors } from '../gat/graph.js';
import type { FoundationBatch } from './foundation.js';
import type { SessionInput } from './session-reader.js';
import type { SessionTargets } from './session-targets.js';

/** A session as tensors, with what came of it where that is known. */
export interface SessionTensors {
  readonly batch: FoundationBatch;
  /** [node, horizon] and [1, node], NaN where unknown. */
  readonly targets: { readonly scaled: Tensor2D; readonly ranks: Tensor2D } | null;
}

/** Tensors of a session; the caller disposes of them by `disposeSession`. */
export function sessionTensors({ rows, inputs, past, sectors, graph }: SessionInput, targets: SessionTargets | null): SessionTensors {
  const nodes = rows.length;
  return {
    batch: { past: tf.tensor2d(past, [inputs, past.length / inputs]), sectors: tf.tensor1d(sectors, 'int32'), sessions: tf.zeros([nodes], 'int32'), sessionCount: 1, graph: graphTensors(graph) },
    targets: targets && { scaled: tf.tensor2d(targets.scaled, [nodes, targets.scaled.length / nodes]), ranks: tf.tensor2d(targets.ranks, [1, nodes]) },
  };
}

export function disposeSession({ batch, targets }: SessionTensors): void {
  disposeGraph(batch.graph);
  tf.dispose([batch.past, batch.sectors, batch.sessions, ...(targets ? [targets.scaled, targets.ranks] : [])]);
}
