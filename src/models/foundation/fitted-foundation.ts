import { DataError, InvariantError } from '../../core/errors.js';
import type { Samples } from '../../dataset/samples.js';
import { encodeCheckpoint, restoreCheckpoint } from '../../tensor/checkpoint/checkpoint.js';
import { openBackend } from '../../tensor/backend.js';
import { disposeTree, variables } from '../../tensor/parameters.js';
import { tf } from '../../tensor/tensorflow.js';
import type { Contributions, FittedForecaster, Insight, JsonValue, ModelFiles } from '../forecaster.js';
import { ModelFile } from '../model-file.js';
import { requireFeatures } from '../select-features.js';
import { sessionsOfSamples } from '../sessions-of-samples.js';
import { foundationOptionsSchema, type FoundationConfig } from './config.js';
import { contributionsOf, insightOf } from './explain.js';
import { applyFoundation, initFoundation, type Foundation } from './foundation.js';
import type { FoundationForecast } from './foundation-forecast.js';
import { SampleSessions } from './sample-sessions.js';
import { BackgroundReader, type SessionInput, type SessionReader } from './session-reader.js';
import { disposeSession, sessionTensors } from './session-tensors.js';
import { mainOf, networkOf, type FoundationShape } from './shape.js';
import { createRng } from '../../core/rng.js';

const FILE = 'foundation.json';
const weightsFile = (member: number): string => `foundation-${member}.safetensors`;
const WHERE = 'the samples of foundation';

export interface FoundationParts {
  readonly shape: FoundationShape;
  /** Variables; they are now its own. */
  readonly networks: readonly Foundation[];
  readonly facts: Readonly<Record<string, JsonValue>>;
}

/** A foundation model that has learnt. */
export class FittedFoundation implements FittedForecaster {
  readonly features: readonly string[];
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly shape: FoundationShape;
  readonly past: number;
  #networks: readonly Foundation[];

  constructor({ shape, networks, facts }: FoundationParts) {
    this.shape = shape;
    this.past = shape.readsBackground ? shape.settings.past : 0;
    this.features = shape.features;
    this.facts = facts;
    this.#networks = networks;
  }

  /** Medians over the horizon of the labels. */
  async predict(samples: Samples): Promise<Float64Array> {
    const { quantiles, levels, horizons } = await this.forecast(samples);
    const [size, at] = [horizons.length * levels.length, mainOf(this.shape) * levels.length + (levels.length - 1) / 2];
    return Float64Array.from({ length: samples.length }, (_, sample) => quantiles[sample * size + at]);
  }

  /** Quantiles over all horizons, volatility and embedding of each sample; errors as of `predict`. */
  async forecast(samples: Samples): Promise<FoundationForecast> {
    const { horizons, settings: { quantiles: levels, width, market } } = this.shape;
    const size = horizons.length * levels.length;
    const found = { quantiles: new Float64Array(samples.length * size).fill(Number.NaN), volatility: new Float64Array(samples.length * horizons.length).fill(Number.NaN), embedding: new Float32Array(samples.length * width).fill(Number.NaN), market: market ? new Float32Array(samples.sessions.length * width).fill(Number.NaN) : null };
    for await (const { input, group, nodeOf } of this.#sessions(samples)) {
      const { quantiles, volatility, embedding, token } = await this.#outputs(input);
      if (token) found.market?.set(token, group * width);
      for (const [sample, node] of nodeOf) {
        if (!isKnown(input, node)) continue;
        found.quantiles.set(quantiles.subarray(node * size, (node + 1) * size), sample * size);
        found.volatility.set(volatility.subarray(node * horizons.length, (node + 1) * horizons.length), sample * horizons.length);
        found.embedding.set(embedding.subarray(node * width, (node + 1) * width), sample * width);
      }
    }
    return { horizons, levels, width, ...found };
  }

  /** Integrated gradients of each sample's own features, the others as they are; all else is in the base. */
  async explain(samples: Samples): Promise<Contributions> {
    const scores = await this.predict(samples);
    const values = new Float64Array(this.features.length * samples.length).fill(Number.NaN);
    const base = new Float64Array(samples.length).fill(Number.NaN);
    for await (const { input, nodeOf } of this.#sessions(samples)) {
      const told = Int32Array.from(nodeOf.values()).sort();
      const moved = await contributionsOf({ shape: this.shape, networks: this.#use() }, input, told); // [feature, told]
      const place = new Map(Array.from(told, (node, at) => [node, at]));
      for (const [sample, node] of nodeOf) {
        if (Number.isNaN(scores[sample])) continue;
        let rest = scores[sample];
        for (let feature = 0; feature < this.features.length; feature++) {
          const part = moved[feature * told.length + place.get(node)!];
          values[feature * samples.length + sample] = part;
          rest -= part;
        }
        base[sample] = rest;
      }
    }
    return { features: this.features, values, base };
  }

  /** What the network looked at in foretelling the samples of one session; errors as of `predict`. */
  async insight(samples: Samples): Promise<Insight> {
    if (samples.sessions.length !== 1) throw new InvariantError(`expected samples of one session, found ${samples.sessions.length}`);
    const { value } = await this.#sessions(samples).next();
    if (!value) throw new InvariantError('expected a session whose stocks count, found none');
    return insightOf({ shape: this.shape, networks: this.#use() }, value.input, { length: samples.length, nodeOf: value.nodeOf });
  }

  async save(): Promise<ModelFiles> {
    const networks = this.#use();
    const { settings, ...rest } = this.shape;
    const content = { schemaVersion: 1, forecaster: 'foundation', ...rest, settings, members: networks.length, facts: this.facts };
    const files: Record<string, string | Uint8Array> = { [FILE]: `${JSON.stringify(content, null, 2)}\n` };
    for (const [member, parameters] of networks.entries()) files[weightsFile(member)] = await encodeCheckpoint({ parameters, metadata: { model: 'foundation', member: String(member) } });
    return files;
  }

  dispose(): void {
    this.#networks.forEach(disposeTree);
    this.#networks = [];
  }

  /** @throws DataError `BAD_MODEL_FILE`, `BAD_SAFETENSORS` or `BAD_CHECKPOINT` */
  static async load(files: ModelFiles): Promise<FittedFoundation> {
    const file = ModelFile.read(files, FILE);
    file.exactly('schemaVersion', 1);
    file.exactly('forecaster', 'foundation');
    const settings = foundationOptionsSchema.safeParse(file.raw('settings'));
    if (!settings.success) throw new DataError(`expected settings of a foundation model, found others in "${FILE}" of a saved model: ${settings.error.issues[0].message}`, { code: 'BAD_MODEL_FILE', fields: { name: FILE } });
    const shape: FoundationShape = { settings: settings.data, features: file.texts('features'), horizons: Array.from(file.numbers('horizons')), horizon: file.count('horizon'), sectorNames: file.texts('sectorNames'), readsBackground: file.flag('readsBackground') };
    if (mainOf(shape) < 0) throw new DataError(`expected the horizon ${shape.horizon} among those foretold, found ${shape.horizons.join(', ')} in "${FILE}" of a saved model`, { code: 'BAD_MODEL_FILE', fields: { name: FILE } });
    const config = savedNetwork(shape);
    const facts = file.json<JsonValue>('facts');
    const members = file.count('members');
    if (members === 0) throw new DataError(`expected at least one network, found 0 members in "${FILE}" of a saved model`, { code: 'BAD_MODEL_FILE', fields: { name: FILE } });
    await openBackend();
    const networks: Foundation[] = [];
    try {
      for (let member = 0; member < members; member++) {
        const network = variables(initFoundation(config, createRng(0)));
        networks.push(network);
        restoreCheckpoint(ModelFile.bytes(files, weightsFile(member)), { parameters: network }, weightsFile(member));
      }
      return new FittedFoundation({ shape, networks, facts });
    } catch (error) {
      networks.forEach(disposeTree);
      throw error;
    }
  }

  /** The sessions of samples, each with the node of every one of its samples that counts. */
  async *#sessions(samples: Samples): AsyncGenerator<{ input: SessionInput; group: number; nodeOf: ReadonlyMap<number, number> }, void, void> {
    requireFeatures(samples, this.features, WHERE);
    const reader = this.#reader(samples);
    let group = -1;
    for (const { session, start, end } of sessionsOfSamples(samples)) {
      group++;
      const input = reader.read(session);
      if (input === null) continue;
      const node = new Map(Array.from(input.rows, (row, at) => [row, at]));
      const pairs: [number, number][] = [];
      for (let sample = start; sample < end; sample++) {
        const at = node.get(samples.symbolRows[sample]);
        if (at !== undefined) pairs.push([sample, at]);
      }
      yield { input, group, nodeOf: new Map(pairs) };
    }
  }

  #reader(samples: Samples): SessionReader {
    const { settings: { past, graph, graphLayers }, horizons, sectorNames, readsBackground } = this.shape;
    if (!readsBackground) return new SampleSessions(samples, { past, horizons: horizons.length, main: mainOf(this.shape) });
    if (!samples.background) throw new DataError(`expected samples with their background (the past of each stock, who moved with whom), which this model has learnt from, found none in ${WHERE}`, { code: 'NO_BACKGROUND' });
    return new BackgroundReader(samples.background, { past, graph: graphLayers > 0 ? graph : null, sectorNames });
  }

  /** Means over the members. */
  async #outputs(input: SessionInput): Promise<{ quantiles: Float64Array; volatility: Float64Array; embedding: Float64Array; token: Float64Array | undefined }> {
    const config = networkOf(this.shape);
    const session = sessionTensors(input, null);
    const sums: Float64Array[] = [];
    for (const network of this.#use()) {
      const parts = tf.tidy(() => {
        const { quantiles, volatility, embedding, market } = applyFoundation(config, network, session.batch);
        return [quantiles, volatility, embedding, ...(market ? [market] : [])];
      });
      for (const [i, part] of parts.entries()) {
        const values = await part.data();
        sums[i] ??= new Float64Array(values.length);
        for (let at = 0; at < values.length; at++) sums[i][at] += values[at] / this.#networks.length;
        part.dispose();
      }
    }
    disposeSession(session);
    const [quantiles, volatility, embedding, token] = sums;
    return { quantiles, volatility, embedding, token };
  }

  #use(): readonly Foundation[] {
    if (this.#networks.length === 0) throw new InvariantError('expected a model in use, found one that was disposed of');
    return this.#networks;
  }
}

/** @throws DataError for sizes that no network has */
function savedNetwork(shape: FoundationShape): FoundationConfig {
  try {
    return networkOf(shape);
  } catch (cause) {
    throw new DataError(`expected the sizes of a network, found others in "${FILE}" of a saved model`, { code: 'BAD_MODEL_FILE', fields: { name: FILE }, cause });
  }
}

/** Whether any feature of a stock is known at the session itself. */
function isKnown({ inputs, past, rows }: SessionInput, node: number): boolean {
  const size = past.length / inputs;
  const window = size / rows.length;
  return past[(inputs - 1) * size + (node + 1) * window - 1] > 0;
}
