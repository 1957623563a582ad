import { addDays, fromEpochDay } from '../../src/core/dates.js';
import { result } from '../../src/core/events.js';
import type { Market } from '../../src/data/market.js';
import { membershipTable } from '../../src/data/market.js';
import { SymbolHistory } from '../../src/data/symbol-history.js';
import { Universe, type MembershipInterval } from '../../src/data/universe.js';
import { forwardLabels } from '../../src/dataset/labels/forward-labels.js';
import { samplesOf } from '../../src/dataset/samples-of.js';
import type { Samples } from '../../src/dataset/samples.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { FEATURES } from '../../src/features/registry.js';
import { resolveFeatures } from '../../src/features/sets.js';
import type { Forecaster } from '../../src/models/forecaster.js';
import { trainModel } from '../../src/models/train-model.js';
import type { TrainedModel } from '../../src/models/trained-model.js';
import type { NetworkPast } from '../../src/recommendation/network-samples.js';
import type { SessionFeatures } from '../../src/recommendation/session-features.js';
import { createRng } from '../../src/core/rng.js';
import { syntheticMarket } from '../../src/simulation/synthetic-market.js';
import type { Panel } from '../../src/table/panel.js';
import { CONTEXT, labelMarketOf, READ, WORLD } from '../models/foundation/session-world.js';

const VOLATILITY = 'realized-volatility-63';
const made = syntheticMarket(WORLD, createRng(1));
const whole = labelMarketOf(made);
const width = whole.bars.sessions.length;

/** Stays as the store tells of them: the end is the first day outside. */
const intervals: MembershipInterval[] = Array.from(made.membership.symbol, (row, at) => ({
  symbol: made.symbols[row],
  start: fromEpochDay(made.sessions[made.membership.start[at]]),
  end: made.membership.end[at] === -1 ? null : fromEpochDay(made.sessions[made.membership.end[at]]),
}));

/** Bars of a synthetic market as the store would give them on the session at position `t`; a few are suspect. */
export function marketAt(t: number): Market {
  const suspect = Float64Array.from(whole.bars.column('close'), (_, at) => Number((at * 7919) % 97 === 0));
  const bars = whole.bars.with({ suspect }).slice(0, t + 1);
  const asOf = bars.last!;
  const universe = new Universe('sp500', intervals);
  return { asOf, bars, universe, members: universe.membersAt(asOf), symbolHistory: new SymbolHistory([]), findings: [], priceBasis: 'raw', actions: new Map(), sources: [], dataHash: 'd'.repeat(64) };
}

export const sectors = whole.sectors;
export const LAST = width - 1;
const names = [...READ, VOLATILITY];

export const featuresOf = (bars: Panel): Panel => computeFeatures({ bars }, resolveFeatures(names, FEATURES)).columns(names);

/** The samples of research: of sessions by position, all that count or those with a label. */
export function researchSamples(positions: readonly number[], labelled: boolean): Samples {
  const { bars, universe } = marketAt(LAST);
  const labels = forwardLabels({ bars, member: membershipTable(bars, universe), sectors }, { horizon: 5 });
  return samplesOf({ features: featuresOf(bars).columns([...READ]), labels }, Int32Array.from(positions), { labelled });
}

const span = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, i) => first + i);

/** A model that has learnt from the first sessions of the market, with features as ranks. */
export function trained(forecaster: Forecaster): Promise<TrainedModel> {
  const validation = researchSamples(span(106, 136), true);
  const usableFrom = addDays(fromEpochDay(validation.sessions.at(-1)!), 20);
  return result(trainModel(forecaster, { train: researchSamples(span(40, 100), true), validation, horizon: 5, label: 'return over 5 sessions', usableFrom, normalization: 'rank', provenance: { data: {}, code: 'test' } }, CONTEXT));
}

export interface NetworkEvening {
  readonly market: Market;
  readonly session: SessionFeatures;
  readonly past: NetworkPast;
  readonly history: Panel;
  readonly volatility: (symbol: string) => number;
}

/** What an evening knows at position `t`, computed from what was known then; `past` sessions of features. */
export function eveningAt(t: number, past: number): NetworkEvening {
  const market = marketAt(t);
  const { bars } = market;
  const features = featuresOf(bars);
  const values = features.slice(t + 1 - past, t + 1);
  const members = market.members.filter((symbol) => bars.series('close', symbol)[t] > 0);
  return {
    market,
    session: { features: resolveFeatures(names, FEATURES), values: features.slice(t, t + 1), members, absent: [] },
    past: { values, sectors },
    history: features,
    volatility: (symbol) => features.series(VOLATILITY, symbol)[t],
  };
}
