import type { Rng } from 'swinglab';
import type { Tft, TftBatch, TftConfig } from 'swinglab/models/tft';
import { initTft } from 'swinglab/models/tft';
import { attention, dense, gateAddNorm, gatedResidual, initEmbeddedSelection, lstmLayer, selectEmbedded, tf, type ParameterTree, type Tensor, type Tensor2D, type Tensor3D } from 'swinglab/tensor';

/** The transformer with a network of its own for each variable, as PyTorch's faster form has it. */
export interface Separate extends Pick<Tft, 'embeddings' | 'inputs' | 'contexts' | 'afterLstm' | 'enrichment' | 'attention' | 'afterAttention' | 'positionwise' | 'beforeHead' | 'head'>, ParameterTree {
  readonly lstm: Tft['past']['lstm'];
  readonly selection: ReturnType<typeof initEmbeddedSelection>;
}

export function initSeparate(config: TftConfig, rng: Rng): Separate {
  const { embeddings, inputs, contexts, past: { lstm }, afterLstm, enrichment, attention: looking, afterAttention, positionwise, beforeHead, head } = initTft(config, rng);
  return { embeddings, inputs, contexts, lstm, afterLstm, enrichment, attention: looking, afterAttention, positionwise, beforeHead, head, selection: initEmbeddedSelection(rng.fork('separate'), config.observed, config.width, config.width) };
}

/** The same function as `applyTft` without what algebra spares: embeddings are made, and each variable goes through its own layers one by one. */
export function applySeparate({ width, past, heads, horizons, quantiles }: TftConfig, params: Separate, { statics: [ids], past: x }: TftBatch): Tensor3D {
  const [count] = ids.shape as [number];
  const told = tf.gather(params.embeddings['0'], ids) as Tensor2D;
  const { scale, shift } = params.inputs;
  const [scales, shifts] = [tf.unstack(scale), tf.unstack(shift)];
  const embedded = tf.unstack(x).map((values, v) => tf.add<Tensor2D>(tf.mul(tf.expandDims(values, 1), scales[v]), shifts[v]));
  const selected = selectEmbedded(params.selection, embedded, { context: gatedResidual(params.contexts.selection, told) }).out;
  const { h } = lstmLayer(params.lstm, tf.reshape(selected, [count, past, width]), gatedResidual(params.contexts.state, told), gatedResidual(params.contexts.cell, told));
  const local = gateAddNorm(params.afterLstm, selected, tf.reshape(h, [count * past, width]), null);
  const enriched = gatedResidual(params.enrichment, local, { context: gatedResidual(params.contexts.enrichment, told) });
  const attended = attention(params.attention, tf.reshape(enriched, [count, past, width]), { heads, first: past - 1 });
  const last = (rows: Tensor): Tensor2D => tf.reshape(tf.slice(tf.reshape(rows, [count, past, width]), [0, past - 1, 0], [count, 1, width]), [count, width]);
  const seen = gateAddNorm(params.afterAttention, last(enriched), tf.reshape(attended.out, [count, width]), null);
  const out = dense(params.head, gateAddNorm(params.beforeHead, last(local), gatedResidual(params.positionwise, seen), null));
  return tf.reshape(out, [count, horizons, quantiles.length]);
}
