import type { Rng } from 'swinglab';
import type { Tft, TftBatch, TftConfig } from 'swinglab/models/tft';
import { initTft } from 'swinglab/models/tft';
import { attention, dense, gateAddNorm, gatedResidual, initEmbeddedSelection, lstmLayer, norm, selectEmbedded, tf, type ParameterTree, type Tensor, type Tensor2D, type Tensor3D } from 'swinglab/tensor';

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
export function applySeparate(config: TftConfig, params: Separate, batch: TftBatch): Tensor3D {
  const { scale, shift } = params.inputs;
  const [scales, shifts] = [tf.unstack(scale), tf.unstack(shift)];
  return withSelection(config, params, batch, (context) => {
    const embedded = tf.unstack(batch.past).map((values, v) => tf.add<Tensor2D>(tf.mul(tf.expandDims(values, 1), scales[v]), shifts[v]));
    return selectEmbedded(params.selection, embedded, { context }).out;
  });
}

/** The same with the networks of all variables as stacks of matrices [variable, …], on embeddings [variable, row, width]: PyTorch's batched form. */
export function applyBatched(config: TftConfig, params: Tft, batch: TftBatch): Tensor3D {
  const { weights, each } = params.past.selection;
  const { scale, shift } = params.inputs;
  const rows = batch.past.shape[1];
  const stacked = (tensor: Tensor): Tensor3D => tf.expandDims(tensor, 1);
  const layer = (x: Tensor, { weight, bias }: { readonly weight: Tensor; readonly bias: Tensor }): Tensor => tf.add(tf.matMul(x, weight), stacked(bias));
  return withSelection(config, { ...params, lstm: params.past.lstm }, batch, (context) => {
    const embedded = tf.add(tf.mul(tf.expandDims(batch.past, 2), stacked(scale)), stacked(shift)); // [variable, row, width]
    const chosen = tf.softmax(gatedResidual(weights, tf.reshape(tf.transpose(embedded, [1, 0, 2]), [rows, -1]), { context }));
    const [value, gate] = tf.split(layer(layer(tf.elu(layer(embedded, each.hidden)), each.out), each.glu), 2, 2);
    const sum = tf.add(embedded, tf.mul(value, tf.sigmoid(gate)));
    const normal = norm({ gamma: tf.ones([config.width]), beta: tf.zeros([config.width]) }, sum);
    const scaled = tf.add(tf.mul(normal, stacked(each.norm.gamma)), stacked(each.norm.beta));
    return tf.sum(tf.mul(scaled, tf.expandDims(tf.transpose(chosen), 2)), 0);
  });
}

type Rest = Pick<Separate, 'embeddings' | 'contexts' | 'lstm' | 'afterLstm' | 'enrichment' | 'attention' | 'afterAttention' | 'positionwise' | 'beforeHead' | 'head'>;

/** All of the transformer behind a selection of variables. */
function withSelection({ width, past, heads, horizons, quantiles }: TftConfig, params: Rest, { statics: [ids] }: TftBatch, select: (context: Tensor2D) => Tensor2D): Tensor3D {
  const [count] = ids.shape as [number];
  const told = tf.gather(params.embeddings['0'], ids) as Tensor2D;
  const selected = select(gatedResidual(params.contexts.selection, told));
  const { h } = lstmLayer(params.lstm, tf.reshape(selected, [count, past, width]), gatedResidual(params.contexts.state, told), gatedResidual(params.contexts.cell, told));
  const local = gateAddNorm(params.afterLstm, selected, tf.reshape(h, [count * past, width]), null);
  const enriched = gatedResidual(params.enrichment, local, { context: gatedResidual(params.contexts.enrichment, told) });
  const attended = attention(params.attention, tf.reshape(enriched, [count, past, width]), { heads, first: past - 1 });
  const last = (rows: Tensor): Tensor2D => tf.reshape(tf.slice(tf.reshape(rows, [count, past, width]), [0, past - 1, 0], [count, 1, width]), [count, width]);
  const seen = gateAddNorm(params.afterAttention, last(enriched), tf.reshape(attended.out, [count, width]), null);
  const out = dense(params.head, gateAddNorm(params.beforeHead, last(local), gatedResidual(params.positionwise, seen), null));
  return tf.reshape(out, [count, horizons, quantiles.length]);
}
