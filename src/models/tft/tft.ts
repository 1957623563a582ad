// Temporal Fusion Transformer: B. Lim, S. Arik, N. Loeff, T. Pfister (2021), Int. J. of Forecasting 37(4).
//
// Deviations from the paper:
// - A single static variable is not selected (there is nothing to choose from): its embedding is taken as it is.
// - Static variables are categories, at least one of them (a single category where there is nothing to tell).
// - Queries, keys and values have biases, which equations 13 to 16 have not; no weight of the attention is dropped.
// - Inputs over time are numbers; categories over time enter as numbers that the caller has made of them.
// - Only the positions that are read take part as queries of the attention; the others influence nothing.
// - `future: 0` reads all horizons at the last step of the past and has no decoder.
import type { Rng } from '../../core/rng.js';
import { attention, initAttention, type Attention } from '../../tensor/layers/attention.js';
import { dense, initDense, type Dense } from '../../tensor/layers/dense.js';
import { gateAddNorm, initGateAddNorm, type GateAddNorm } from '../../tensor/layers/gated-linear.js';
import { gatedResidual, initGatedResidual, type ContextResidual, type GatedResidual } from '../../tensor/layers/gated-residual.js';
import { normal } from '../../tensor/layers/initial.js';
import { initLstm, lstmLayer, type Lstm } from '../../tensor/layers/lstm-layer.js';
import { initEmbeddedSelection, initScalarEmbedding, initScalarSelection, selectEmbedded, selectVariables, type EmbeddedSelectionParams, type ScalarEmbedding, type ScalarSelectionParams } from '../../tensor/layers/variable-selection.js';
import type { Drop } from '../../tensor/ops/dropout.js';
import type { ParameterTree } from '../../tensor/parameters.js';
import { tf, type Tensor, type Tensor2D, type Tensor3D } from '../../tensor/tensorflow.js';
import type { TftConfig } from './config.js';

/** Parameters of all but the head. */
export interface TftBody extends ParameterTree {
  /** [categories, width] of each static variable. */
  readonly embeddings: { readonly [variable: string]: Tensor };
  /** Of the inputs over time, the observed first; an input that is known in advance is embedded alike in past and future. */
  readonly inputs: ScalarEmbedding;
  /** With several static variables. */
  readonly staticSelection?: EmbeddedSelectionParams;
  /** What the static embedding tells to variable selection, enrichment, and the first state and cell of the LSTM. */
  readonly contexts: { readonly selection: GatedResidual; readonly enrichment: GatedResidual; readonly state: GatedResidual; readonly cell: GatedResidual };
  readonly past: { readonly selection: ScalarSelectionParams; readonly lstm: Lstm };
  readonly future?: { readonly selection: ScalarSelectionParams; readonly lstm: Lstm };
  readonly afterLstm: GateAddNorm;
  readonly enrichment: ContextResidual;
  readonly attention: Attention;
  readonly afterAttention: GateAddNorm;
  readonly positionwise: GatedResidual;
  readonly beforeHead: GateAddNorm;
}

export interface Tft extends TftBody {
  /** [width, horizons × quantiles]. */
  readonly head: Dense;
}

/** Parameters drawn by a stream. */
export function initTft(config: TftConfig, rng: Rng): Tft {
  return { ...initTftBody(config, rng), head: initDense(rng.fork('head'), config.width, config.horizons * config.quantiles.length) };
}

export function initTftBody(config: TftConfig, rng: Rng): TftBody {
  const { width, heads, statics, observed, known, future } = config;
  const same = { inputs: width, width, outputs: width };
  const part = (name: string, variables: number): { selection: ScalarSelectionParams; lstm: Lstm } => ({ selection: initScalarSelection(rng.fork(`${name} selection`), variables, width, width), lstm: initLstm(rng.fork(`${name} lstm`), width, width) });
  return {
    embeddings: Object.fromEntries(statics.map((categories, i) => [String(i), normal(rng.fork(`embedding ${i}`), [categories, width], 1)])),
    inputs: initScalarEmbedding(rng.fork('inputs'), observed + known, width),
    ...(statics.length > 1 ? { staticSelection: initEmbeddedSelection(rng.fork('static selection'), statics.length, width, null) } : {}),
    contexts: { selection: initGatedResidual(rng.fork('context selection'), same), enrichment: initGatedResidual(rng.fork('context enrichment'), same), state: initGatedResidual(rng.fork('context state'), same), cell: initGatedResidual(rng.fork('context cell'), same) },
    past: part('past', observed + known),
    ...(future > 0 ? { future: part('future', known) } : {}),
    afterLstm: initGateAddNorm(rng.fork('after lstm'), width, width),
    enrichment: initGatedResidual(rng.fork('enrichment'), { ...same, context: width }) as ContextResidual,
    attention: initAttention(rng.fork('attention'), width, heads),
    afterAttention: initGateAddNorm(rng.fork('after attention'), width, width),
    positionwise: initGatedResidual(rng.fork('positionwise'), same),
    beforeHead: initGateAddNorm(rng.fork('before head'), width, width),
  };
}

/** What the model reads; rows over time are sample by sample, [variable, batch × step]. */
export interface TftBatch {
  /** Category of each sample, int32 [batch] for each static variable. */
  readonly statics: readonly Tensor[];
  /** [observed + known, batch × past]. */
  readonly past: Tensor2D;
  /** [known, batch × future]; null without a decoder. */
  readonly future: Tensor2D | null;
}

export interface TftOutput {
  /** [batch, steps or horizons, quantiles]. */
  readonly quantiles: Tensor3D;
  /** Weights of the attention of the positions that are read, [batch, queries, positions]. */
  readonly attention: Tensor3D;
  /** Selection weights of the past inputs, [batch × past, variables]. */
  readonly pastWeights: Tensor2D;
  /** Of the future ones, [batch × future, variables]; null without a decoder. */
  readonly futureWeights: Tensor2D | null;
}

export interface TftSettings {
  /** Seed of the dropout of this step; null in use, when nothing is dropped. */
  readonly dropSeed?: number | null;
  /** Whether gradients by the inputs may be asked for. */
  readonly needsInputGradient?: boolean;
}

/** What the model thinks of each sample before its head reads it. */
export interface TftEncoded extends Omit<TftOutput, 'quantiles'> {
  /** [batch, steps that are read, width]. */
  readonly hidden: Tensor3D;
}

/** Quantiles of the future of each sample; pure. */
export function applyTft(config: TftConfig, params: Tft, batch: TftBatch, settings: TftSettings = {}): TftOutput {
  const { hidden, ...rest } = encodeTft(config, params, batch, settings);
  const [count, steps, width] = hidden.shape;
  const out = dense(params.head, tf.reshape(hidden, [count * steps, width]));
  return { quantiles: tf.reshape(out, [count, steps * config.horizons, config.quantiles.length]), ...rest };
}

/** All of the model but its head, whose parameters it does not need; pure. */
export function encodeTft(config: TftConfig, params: TftBody, batch: TftBatch, { dropSeed = null, needsInputGradient = false }: TftSettings = {}): TftEncoded {
  const { width, past, future, heads, dropout } = config;
  const drops = dropPlaces(dropout, dropSeed);
  const [count] = batch.statics[0].shape as [number];
  const steps = past + future;
  const contexts = staticContexts(params, batch, drops); // [batch, width] each

  const selection = { context: contexts.selection, needsInputGradient };
  const selectedPast = selectVariables(params.past.selection, params.inputs, batch.past, { ...selection, drops: drops.pair('past') }); // [batch × past, width]
  const selectedFuture = params.future && batch.future ? selectVariables(params.future.selection, knownOf(params.inputs, config.known), batch.future, { ...selection, drops: drops.pair('future') }) : null;
  const pastLstm = lstmLayer(params.past.lstm, tf.reshape(selectedPast.out, [count, past, width]), contexts.state, contexts.cell);
  const states = params.future && selectedFuture ? tf.concat([pastLstm.h, decoded(params.future.lstm, selectedFuture.out, pastLstm, [count, future, width])], 1) : pastLstm.h;
  const selected = selectedFuture ? tf.reshape(tf.concat([tf.reshape(selectedPast.out, [count, past, width]), tf.reshape(selectedFuture.out, [count, future, width])], 1), [count * steps, width]) : selectedPast.out;

  const local = gateAddNorm(params.afterLstm, selected, tf.reshape(states, [count * steps, width]), drops.at('lstm')); // [batch × step, width]
  const enriched = gatedResidual(params.enrichment, local, { context: contexts.enrichment, drop: drops.at('enrichment') });
  const first = future > 0 ? past : past - 1;
  const attended = attention(params.attention, tf.reshape(enriched, [count, steps, width]), { heads, first });
  const read = (rows: Tensor): Tensor2D => tf.reshape(tf.slice(tf.reshape(rows, [count, steps, width]), [0, first, 0], [count, steps - first, width]), [count * (steps - first), width]);
  const seen = gateAddNorm(params.afterAttention, read(enriched), tf.reshape(attended.out, [count * (steps - first), width]), drops.at('attention'));
  const thought = gatedResidual(params.positionwise, seen, { drop: drops.at('positionwise') });
  return {
    hidden: tf.reshape(gateAddNorm(params.beforeHead, read(local), thought, null), [count, steps - first, width]),
    attention: attended.weights,
    pastWeights: selectedPast.weights,
    futureWeights: selectedFuture?.weights ?? null,
  };
}

/** Embeddings of the inputs that are known in advance, which stand last. */
function knownOf({ scale, shift }: ScalarEmbedding, known: number): ScalarEmbedding {
  const last = (rows: Tensor): Tensor => tf.slice(rows, [rows.shape[0] - known, 0], [known, -1]);
  return { scale: last(scale), shift: last(shift) };
}

function decoded(params: Lstm, selected: Tensor2D, { h, cell }: { readonly h: Tensor3D; readonly cell: Tensor2D }, shape: [number, number, number]): Tensor3D {
  const [count, past, width] = h.shape;
  const last = tf.reshape(tf.slice(h, [0, past - 1, 0], [count, 1, width]), [count, width]);
  return lstmLayer(params, tf.reshape(selected, shape), last, cell).h;
}

function staticContexts({ embeddings, staticSelection, contexts }: TftBody, { statics }: TftBatch, drops: DropPlaces): Record<keyof TftBody['contexts'], Tensor2D> {
  const embedded = statics.map((ids, i) => tf.gather(embeddings[String(i)], ids as never) as Tensor2D);
  const whole = staticSelection ? selectEmbedded(staticSelection, embedded, { drops: drops.pair('static') }).out : embedded[0];
  const told = (name: keyof TftBody['contexts']): Tensor2D => gatedResidual(contexts[name], whole, { drop: drops.at(`context ${name}`) });
  return { selection: told('selection'), enrichment: told('enrichment'), state: told('state'), cell: told('cell') };
}

interface DropPlaces {
  at(place: string): Drop | null;
  pair(place: string): { readonly weights: Drop; readonly each: Drop } | null;
}

/** Dropout of each place in the network, all different and all by one seed. */
function dropPlaces(rate: number, seed: number | null): DropPlaces {
  const at = (place: string): Drop | null => (seed === null || rate === 0 ? null : { rate, seed: mixed(place, seed) });
  return {
    at,
    pair(place) {
      const [weights, each] = [at(`${place} weights`), at(`${place} each`)];
      return weights && each ? { weights, each } : null;
    },
  };
}

/** 32 bits of a name and a seed (FNV-1a). */
function mixed(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}
