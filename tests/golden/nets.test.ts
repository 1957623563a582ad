import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { gatConfigSchema, type GatConfig } from '../../src/models/gat/config.js';
import { applyGat } from '../../src/models/gat/gat.js';
import { applyGatv2 } from '../../src/models/gat/gatv2.js';
import { graphTensors, withSelfLoops, type Graph, type GraphTensors } from '../../src/models/gat/graph.js';
import type { GatOutput } from '../../src/models/gat/layer.js';
import { openBackend, type BackendName } from '../../src/tensor/backend.js';
import { attention, type Attention } from '../../src/tensor/layers/attention.js';
import { gatedLinear } from '../../src/tensor/layers/gated-linear.js';
import { gatedResidual, type ContextResidual, type WithSkip } from '../../src/tensor/layers/gated-residual.js';
import { lstmLayer } from '../../src/tensor/layers/lstm-layer.js';
import { norm } from '../../src/tensor/layers/norm.js';
import { selectEmbedded } from '../../src/tensor/layers/variable-selection.js';
import { quantileLoss } from '../../src/tensor/losses/quantile-loss.js';
import type { Drop } from '../../src/tensor/ops/dropout.js';
import { Adam, type AdamSettings } from '../../src/tensor/optim/adam.js';
import { valueAndGradients, variables } from '../../src/tensor/parameters.js';
import { tf, type Tensor, type Tensor2D, type Tensor3D } from '../../src/tensor/tensorflow.js';
import { normalTensor } from '../tensor/gradients.js';
import { goldenFolder, printSkipReason } from './folder.js';

type Nested = readonly (number | Nested)[];
type Named = Readonly<Record<string, Nested>>;

const GRADIENTS = 'gradients of sum(output*probe)';

interface Block {
  readonly weights: Named;
  readonly inputs: Named;
  readonly output: Nested;
  readonly probe: Nested;
  readonly [GRADIENTS]: { readonly weights: Named; readonly [input: string]: Nested | Named };
}

interface GraphBlock extends Block {
  readonly doc: string;
  readonly edges: readonly (readonly [number, number])[];
  readonly edgeFeature?: readonly (readonly number[])[];
  readonly attentionEdges: readonly (readonly [number, number])[];
  readonly attention: readonly (readonly number[])[];
}

interface Golden {
  readonly blocks: {
    readonly glu: Block;
    readonly grn: Block;
    readonly grnSkipContext: Block;
    readonly vsn: Block & { readonly selection: Nested };
    readonly attention: Block & { readonly attention: Nested };
    readonly lstm: Block & { readonly state: { readonly h: Nested; readonly c: Nested } };
    readonly layerNorm: Block;
    readonly quantileLoss: { readonly quantiles: readonly number[]; readonly prediction: Nested; readonly target: Nested; readonly loss: number; readonly gradient: Nested };
    readonly adam: { readonly start: readonly Nested[]; readonly grads: readonly (readonly Nested[])[]; readonly after: readonly (readonly Nested[])[]; readonly afterAdamW: readonly (readonly Nested[])[] };
    readonly [graph: `gat${string}`]: GraphBlock;
  };
}

const folder = goldenFolder();
printSkipReason('golden', 'networks against PyTorch');
const golden = folder === null ? null : (JSON.parse(readFileSync(join(folder, 'nets.json'), 'utf8')) as Golden);
const blocks = golden?.blocks as Golden['blocks'];
const graphBlocks = Object.keys(blocks ?? {}).filter((name) => name.startsWith('gat')) as `gat${string}`[];

/** Backends to compare: SWINGLAB_BACKENDS names others, joined by commas. */
const backends = (process.env['SWINGLAB_BACKENDS'] ?? 'wasm,cpu').split(',').map((name) => name.trim()) as BackendName[];

/** Tensors of a block by their names in PyTorch, inputs and weights in one. */
type Leaves = Readonly<Record<string, Tensor>>;

/** Drops nothing, and is yet there: the two dense layers of a residual network stay apart. */
const NOTHING: Drop = { rate: 1e-9, seed: 1 };
const TOLERANCE = 1e-5;

const flat = (values: Nested): number[] => (values as unknown as { flat(depth: number): number[] }).flat(Infinity);
const tensorOf = (values: Nested): Tensor => tf.tensor(values);

/** Within 1e-5 of the largest entry, or of `least` where all entries are smaller. */
function expectClose(found: Tensor, expected: Nested, what: string, least = 0): void {
  const [own, reference] = [found.dataSync(), flat(expected)];
  expect(own.length, what).toBe(reference.length);
  const scale = reference.reduce((most, value) => Math.max(most, Math.abs(value)), least);
  const worst = reference.reduce((most, value, i) => Math.max(most, Number.isFinite(own[i]) ? Math.abs(own[i] - value) : Infinity), 0);
  expect(worst / scale, what).toBeLessThan(TOLERANCE);
}

/** Compares an output and all gradients; `apply` gets weights as PyTorch has them, so that gradients come back the same way. */
function expectBlock({ weights, inputs, output, probe, [GRADIENTS]: gradients }: Block, apply: (leaves: Leaves) => Tensor): void {
  const names = [...Object.keys(inputs), ...Object.keys(weights)];
  const tensors = [...Object.values(inputs), ...Object.values(weights)].map(tensorOf);
  const leaves = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
  expectClose(apply(leaves), output, 'output');
  const factors = tensorOf(probe);
  // a bias of keys that are never made has none, which counts as zeros
  const { gradients: slopes } = valueAndGradients(() => tf.sum(tf.mul(tf.reshape(apply(leaves), factors.shape), factors)), leaves);
  const expected = [...Object.keys(inputs).map((name) => gradients[name] as Nested), ...Object.keys(weights).map((name) => gradients.weights[name])];
  // what is zero but for rounding has the rounding of the sums that it is made of
  const least = 0.02 * Math.max(...expected.flatMap(flat).map(Math.abs));
  for (const [i, name] of names.entries()) expectClose(slopes.get(name) as Tensor, expected[i], `gradient of ${name}`, least);
}

const rows = (x: Tensor): Tensor2D => tf.reshape(x, [-1, x.shape[x.shape.length - 1]]);
const turned = (weight: Tensor): Tensor => tf.transpose(weight);
const denseOf = (leaves: Leaves, name: string): { weight: Tensor; bias: Tensor } => ({ weight: turned(leaves[`${name}.weight`]), bias: leaves[`${name}.bias`] });

function gluOf(leaves: Leaves, prefix: string): { weight: Tensor; bias: Tensor } {
  const [value, gate] = [denseOf(leaves, `${prefix}value`), denseOf(leaves, `${prefix}gate`)];
  return { weight: tf.concat([value.weight, gate.weight], 1), bias: tf.concat([value.bias, gate.bias]) };
}

function residualOf(leaves: Leaves, prefix: string): WithSkip<ContextResidual> {
  const has = (name: string): boolean => `${prefix}${name}.weight` in leaves;
  return {
    hidden: denseOf(leaves, `${prefix}hidden`),
    ...(has('context') ? { context: { weight: turned(leaves[`${prefix}context.weight`]) } } : {}),
    out: denseOf(leaves, `${prefix}out`),
    glu: gluOf(leaves, `${prefix}glu.`),
    ...(has('skip') ? { skip: denseOf(leaves, `${prefix}skip`) } : {}),
    norm: { gamma: leaves[`${prefix}norm.weight`], beta: leaves[`${prefix}norm.bias`] },
  } as WithSkip<ContextResidual>;
}

const contextOf = (leaves: Leaves): Tensor | null => ('c' in leaves ? rows(leaves['c']) : null);

function attentionOf(leaves: Leaves): Attention {
  const heads = (name: string): { weight: Tensor; bias: Tensor } => {
    const each = [0, 1].map((head) => denseOf(leaves, `${name}.${head}`));
    return { weight: tf.concat(each.map(({ weight }) => weight), 1), bias: tf.concat(each.map(({ bias }) => bias)) };
  };
  return { query: heads('q'), key: heads('k'), value: denseOf(leaves, 'v'), out: { weight: turned(leaves['o.weight']) } };
}

function selected(leaves: Leaves, drop: Drop | null): { out: Tensor2D; weights: Tensor2D } {
  const { x } = leaves;
  const embeddings = tf.unstack(x, 2).map(rows);
  const each = Object.fromEntries(embeddings.map((_, v) => [String(v), residualOf(leaves, `each.${v}.`)]));
  return selectEmbedded({ weights: residualOf(leaves, 'weight.'), each }, embeddings, { context: contextOf(leaves), drops: drop && { weights: drop, each: drop } });
}

/** The graph of a block and a configuration that says what the block is. */
function graphOf({ doc, edges, edgeFeature, weights, output }: GraphBlock): { graph: GraphTensors; config: GatConfig } {
  const nodes = output.length;
  const given: Graph = { nodes, source: Int32Array.from(edges, ([source]) => source), target: Int32Array.from(edges, ([, target]) => target), features: edgeFeature ? { width: edgeFeature[0].length, values: Float32Array.from(edgeFeature.flat()) } : null };
  const [[heads, width], [outputs, inputs]] = [tensorOf(weights['att'] ?? weights['att_src']).shape.slice(1), tensorOf(weights['lin.weight'] ?? weights['lin_l.weight']).shape];
  const config = gatConfigSchema.parse({ inputs, width, heads, join: weights['bias'].length === outputs ? 'concat' : 'mean', edgeFeatures: given.features?.width ?? 0 });
  return { graph: graphTensors(doc.includes('no self loops') ? given : withSelfLoops(given)), config };
}

const vectorsOf = (vectors: Tensor): Tensor => tf.squeeze(vectors, [0]);

function attendedBy(block: GraphBlock, leaves: Leaves): GatOutput & { readonly graph: GraphTensors } {
  const { graph, config } = graphOf(block);
  const batch = { x: leaves['x'] as Tensor2D, graph };
  const edge = leaves['lin_edge.weight'] as Tensor | undefined;
  if ('att' in leaves) return { graph, ...applyGatv2(config, { source: denseOf(leaves, 'lin_l'), target: denseOf(leaves, 'lin_r'), vector: vectorsOf(leaves['att']), ...(edge ? { edge: { weight: turned(edge) } } : {}), bias: leaves['bias'] }, batch) };
  return { graph, ...applyGat(config, { weight: turned(leaves['lin.weight']), source: vectorsOf(leaves['att_src']), target: vectorsOf(leaves['att_dst']), ...(edge ? { edge: { weight: turned(edge), vector: vectorsOf(leaves['att_edge']) } } : {}), bias: leaves['bias'] }, batch) };
}

const leavesOf = ({ inputs, weights }: Block): Leaves => Object.fromEntries([...Object.entries(inputs), ...Object.entries(weights)].map(([name, values]) => [name, tensorOf(values)]));

/** Parameters after each step, by name. */
function expectSteps(settings: AdamSettings, after: readonly (readonly Nested[])[]): void {
  const { start, grads } = blocks.adam;
  const parameters = variables(Object.fromEntries(start.map((values, i) => [String(i), tensorOf(values)])));
  const adam = new Adam(parameters, settings);
  for (const [step, gradients] of grads.entries()) {
    tf.tidy(() => void adam.step(new Map(gradients.map((values, i) => [String(i), tensorOf(values)])), 3e-3));
    for (const [i, expected] of after[step].entries()) expectClose(parameters[String(i)], expected, `parameter ${i} after step ${step}`);
  }
  adam.dispose();
  tf.dispose(Object.values(parameters));
}

describe.skipIf(golden === null).each(backends)('networks against PyTorch on %s', (backend) => {
  let before = 0;

  beforeAll(async () => {
    await openBackend(backend);
  });

  beforeEach(() => {
    before = tf.memory().numTensors;
    tf.engine().startScope();
  });

  afterEach(() => {
    tf.engine().endScope();
    expect(tf.memory().numTensors, 'tensors left').toBe(before);
  });

  afterAll(() => tf.disposeVariables());

  it('gated linear unit', () => expectBlock(blocks.glu, (leaves) => gatedLinear(gluOf(leaves, ''), rows(leaves['x']))));

  describe.each([{ form: 'one product', drop: null }, { form: 'two dense layers', drop: NOTHING }])('$form', ({ drop }) => {
    it.each(['grn', 'grnSkipContext'] as const)('gated residual network %s', (name) => {
      expectBlock(blocks[name], (leaves) => gatedResidual(residualOf(leaves, ''), rows(leaves['a']), { context: contextOf(leaves), drop }));
    });

    it('variable selection', () => {
      expectBlock(blocks.vsn, (leaves) => selected(leaves, drop).out);
      expectClose(selected(leavesOf(blocks.vsn), drop).weights, blocks.vsn.selection, 'selection weights');
    });
  });

  it('interpretable attention, keys folded into the queries', () => {
    const { attention: block } = blocks;
    expectBlock(block, (leaves) => attention(attentionOf(leaves), leaves['x'] as Tensor3D, { heads: 2, first: 0 }).out);
    const leaves = leavesOf(block);
    expectClose(attention(attentionOf(leaves), leaves['x'] as Tensor3D, { heads: 2, first: 0 }).weights, block.attention, 'attention');
  });

  it('interpretable attention by keys: later positions, which change nothing before them, make the queries many', () => {
    const { attention: block } = blocks;
    const later = normalTensor(createRng(1), [2, 5, 6]);
    const longer = (leaves: Leaves): { out: Tensor3D; weights: Tensor3D } => attention(attentionOf(leaves), tf.concat([leaves['x'], later], 1) as Tensor3D, { heads: 2, first: 0 });
    expectBlock(block, (leaves) => tf.slice(longer(leaves).out, [0, 0, 0], [2, 5, 6]));
    expectClose(tf.slice(longer(leavesOf(block)).weights, [0, 0, 0], [2, 5, 5]), block.attention, 'attention');
  });

  it.each([1, 3, 4])('interpretable attention from position %i on', (first) => {
    const { attention: block } = blocks;
    const leaves = leavesOf(block);
    const { out, weights } = attention(attentionOf(leaves), leaves['x'] as Tensor3D, { heads: 2, first });
    const last = (values: Nested): Nested => (values as readonly Nested[]).map((sample) => sample.slice(first));
    expectClose(out, last(block.output), 'output');
    expectClose(weights, last(block.attention), 'attention');
  });

  it.each([false, true])('LSTM (first state given: %s)', (isGiven) => {
    const run = (leaves: Leaves): { h: Tensor3D; cell: Tensor2D } => {
      const zeros = isGiven ? tf.zeros([2, 4]) : null;
      return lstmLayer({ w: turned(leaves['weight_ih_l0']), u: turned(leaves['weight_hh_l0']), bias: tf.add(leaves['bias_ih_l0'], leaves['bias_hh_l0']) }, leaves['x'], zeros, zeros);
    };
    expectBlock(blocks.lstm, (leaves) => run(leaves).h);
    const { h, cell } = run(leavesOf(blocks.lstm));
    expectClose(tf.slice(h, [0, 5, 0], [2, 1, 4]), blocks.lstm.state.h, 'last state');
    expectClose(cell, blocks.lstm.state.c, 'last cell');
  });

  it('layer norm', () => expectBlock(blocks.layerNorm, (leaves) => norm({ gamma: leaves['weight'], beta: leaves['bias'] }, leaves['x'])));

  it('quantile loss', () => {
    const { quantiles, prediction, target, loss, gradient } = blocks.quantileLoss;
    const [p, y] = [tensorOf(prediction), tensorOf(target)];
    const { value, gradients } = valueAndGradients(() => quantileLoss(p, y, quantiles), { p });
    expectClose(value, [loss], 'loss');
    expectClose(gradients.get('p') as Tensor, gradient, 'gradient');
  });

  it.each(graphBlocks)('graph attention %s', (name) => {
    const block = blocks[name];
    expectBlock(block, (leaves) => attendedBy(block, leaves).out);
    const { attention: weights, graph } = attendedBy(block, leavesOf(block));
    const places = new Map(block.attentionEdges.map((edge, i) => [edge.join('-'), block.attention[i]]));
    const [sources, targets] = [graph.edges.sources.dataSync(), graph.edges.targets.dataSync()];
    expect(sources).toHaveLength(places.size);
    expectClose(weights, Array.from(sources, (source, i) => places.get(`${source}-${targets[i]}`) as Nested), 'attention');
  });

  it('Adam with clipping', () => expectSteps({ epsilon: 1e-5, clipNorm: 0.5 }, blocks.adam.after));

  it('AdamW', () => expectSteps({ weightDecay: 0.05 }, blocks.adam.afterAdamW));
});

describe.skipIf(golden === null)('networks of PyTorch', () => {
  it('are all there', () => {
    expect(graphBlocks).toEqual(expect.arrayContaining(['gat', 'gatMean', 'gatv2', 'gatEdge']));
    expect(Object.keys(blocks).filter((name) => !name.startsWith('gat')).sort()).toEqual(['adam', 'attention', 'glu', 'grn', 'grnSkipContext', 'layerNorm', 'lstm', 'quantileLoss', 'vsn']);
  });
});
