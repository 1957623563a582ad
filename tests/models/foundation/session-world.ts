import { isoDate } from '../../../src/core/dates.js';
import { result } from '../../../src/core/events.js';
import { createRng } from '../../../src/core/rng.js';
import { forwardLabels, type ForwardLabelOptions } from '../../../src/dataset/labels/forward-labels.js';
import type { LabelMarket } from '../../../src/dataset/labels/label-market.js';
import type { Labels } from '../../../src/dataset/labels/labels.js';
import { rankWithinSessions } from '../../../src/dataset/rank-within-sessions.js';
import { samplesOf } from '../../../src/dataset/samples-of.js';
import type { Samples } from '../../../src/dataset/samples.js';
import { computeFeatures } from '../../../src/features/compute/compute-features.js';
import { FEATURES } from '../../../src/features/registry.js';
import { resolveFeatures } from '../../../src/features/sets.js';
import type { FitContext, TrainingData } from '../../../src/models/forecaster.js';
import type { FoundationOptions } from '../../../src/models/foundation/config.js';
import type { FittedFoundation } from '../../../src/models/foundation/fitted-foundation.js';
import { foundation } from '../../../src/models/foundation/forecaster.js';
import type { SimulationOptions } from '../../../src/simulation/settings.js';
import { syntheticMarket, type SyntheticMarket } from '../../../src/simulation/synthetic-market.js';
import { Panel } from '../../../src/table/panel.js';

/** Bars, memberships and sectors of a synthetic market, as labels and graphs take them. */
export function labelMarketOf({ symbols, sessions, bars, membership, sectors }: SyntheticMarket): LabelMarket {
  const member = new Uint8Array(symbols.length * sessions.length);
  membership.symbol.forEach((row, at) => {
    const end = membership.end[at] === -1 ? sessions.length : membership.end[at];
    member.fill(1, row * sessions.length + membership.start[at], row * sessions.length + end);
  });
  const { open, high, low, close, volume } = bars;
  return { bars: new Panel({ symbols, sessions, columns: { open, high, low, close, volume } }), member, sectors: new Map(symbols.map((symbol, row) => [symbol, sectors[row]])) };
}

export const WORLD: SimulationOptions = { symbols: 30, start: isoDate('2014-01-02'), end: isoDate('2014-09-30'), sectors: { count: 3 }, membership: { members: 0.8, listedOutside: 0.1, leaves: 0.3, joins: 2 } };
/** Features of the world. */
export const READ = ['return-1', 'return-5'] as const;
export const LABELS: ForwardLabelOptions = { horizon: 5 };

export interface SessionWorld {
  readonly market: LabelMarket;
  /** Centred ranks among those that count. */
  readonly features: Panel;
  readonly labels: Labels;
}

/** A small market with a past and graphs: 30 stocks of 3 sectors that come and go, over 190 sessions. */
export const sessionWorld = (seed = 1, options: SimulationOptions = WORLD): SessionWorld => worldOf(labelMarketOf(syntheticMarket(options, createRng(seed))));

export function worldOf(market: LabelMarket, options: ForwardLabelOptions = LABELS): SessionWorld {
  const labels = forwardLabels(market, options);
  const features = computeFeatures({ bars: market.bars }, resolveFeatures([...READ], FEATURES)).columns([...READ]);
  return { market, features: rankWithinSessions(features, labels), labels };
}

/** Samples of the sessions from position `first` to `end`, the latter not included. */
export function samplesBetween({ features, labels }: Pick<SessionWorld, 'features' | 'labels'>, [first, end]: readonly [first: number, end: number], labelled = true): Samples {
  return samplesOf({ features, labels }, Int32Array.from({ length: end - first }, (_, i) => first + i), { labelled });
}

/** The world as it was when the session at `end` was to come, with a future of its own: `change(price)` of every bar from there on. */
export function withOtherFuture({ bars, member, sectors }: LabelMarket, end: number, seed: number): LabelMarket {
  const rng = createRng(seed).fork('another future');
  const width = bars.sessions.length;
  const isLater = (at: number): boolean => at % width >= end;
  const columns = Object.fromEntries(bars.columnNames.map((name) => [name, bars.column(name).map((value, at) => (isLater(at) ? value * Math.exp(0.1 * rng.normal()) : value))]));
  return { bars: bars.with(columns), member: member.map((value, at) => (isLater(at) ? Number(rng.float() < 0.5) : value)), sectors };
}

/** The world cut off before the session at `end`. */
export function cutAt({ bars, member, sectors }: LabelMarket, end: number): LabelMarket {
  const width = bars.sessions.length;
  return { bars: bars.slice(0, end), member: Uint8Array.from(bars.symbols.flatMap((_, row) => [...member.subarray(row * width, row * width + end)])), sectors };
}

/** Small, and quick to learn. */
export const SMALL = {
  features: [...READ], past: 3, width: 4, heads: 2, horizons: [3, 5], dropout: 0.1, stride: 8, epochs: 2, rate: 0.01,
  graph: { builder: 'correlation', window: 20, topK: 3, threshold: 0, sectorEdges: true },
} as const satisfies FoundationOptions;

export const CONTEXT: FitContext = { seed: 3, threads: 1, environment: {} };

/** 60 sessions to learn from, 24 to watch, and the next to be foretold from `TEST` on. */
export function trainingData(world: SessionWorld): TrainingData {
  return { train: samplesBetween(world, [40, 100]), validation: samplesBetween(world, [106, 130]), horizon: world.labels.horizon };
}
export const TEST: readonly [number, number] = [136, 146];

export async function fitted(options: FoundationOptions = {}, data: TrainingData = trainingData(sessionWorld()), context: Partial<FitContext> = {}): Promise<FittedFoundation> {
  return (await result(foundation({ ...SMALL, ...options }).fit(data, { ...CONTEXT, ...context }))) as FittedFoundation;
}

/** Scores by day and row of the symbol. */
export function scoresByStock(samples: Samples, scores: Float64Array): Map<string, number> {
  const days = Array.from(samples.sessions).flatMap((day, group) => new Array<number>(samples.counts[group]).fill(day));
  return new Map(days.map((day, at) => [`${day} ${samples.symbolRows[at]}`, scores[at]]));
}
