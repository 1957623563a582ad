import { expect, describe, it } from 'vitest';

import { isoDate } from '../../../src/core/dates.js';
import { result } from '../../../src/core/events.js';
import { createRng } from '../../../src/core/rng.js';
import { forwardLabels } from '../../../src/dataset/labels/forward-labels.js';
import { rankWithinSessions } from '../../../src/dataset/rank-within-sessions.js';
import type { Samples } from '../../../src/dataset/samples.js';
import { mean, standardDeviation } from '../../../src/math/stats.js';
import type { FoundationOptions } from '../../../src/models/foundation/config.js';
import { foundation } from '../../../src/models/foundation/forecaster.js';
import { sessionRankIcs } from '../../../src/models/session-rank-ics.js';
import { PURE_NOISE, type HiddenGraphSettings, type SimulationOptions } from '../../../src/simulation/settings.js';
import { syntheticMarket, type SyntheticMarket } from '../../../src/simulation/synthetic-market.js';
import { Panel } from '../../../src/table/panel.js';
import { CONTEXT, labelMarketOf, samplesBetween } from './session-world.js';

/** Seeds of the market and the network; `SWINGLAB_SEEDS=5` takes five and prints what each of them gave. */
const SEEDS = Array.from({ length: Number(process.env['SWINGLAB_SEEDS'] ?? 1) }, (_, i) => i + 1);
const isTold = process.env['SWINGLAB_SEEDS'] !== undefined;

/** Nobody comes or goes. */
const PLACE: SimulationOptions = { ...PURE_NOISE, start: isoDate('2014-01-02'), membership: { members: 1, listedOutside: 0, leaves: 0, joins: 0, listings: 0, delistings: 0 } };

interface Planted {
  readonly market: SimulationOptions;
  readonly horizon: number;
  /** Sessions learnt from, the rest is judged on. */
  readonly learnt: number;
  readonly options: FoundationOptions;
  /** Whether the network is told who is of which sector. */
  readonly hasSectors?: boolean;
  /** Columns beside the signals of the market. */
  readonly features: (bars: Panel) => Readonly<Record<string, Float32Array>>;
}

interface Found {
  /** Rank IC of each session that nothing was learnt from. */
  readonly ics: Float64Array;
  readonly ic: number;
  /** Sessions judged whose outcomes do not overlap. */
  readonly sessions: number;
  readonly names: number;
  /** Of the same sessions, of one who knows what was planted and reads the same columns. */
  readonly best: number;
}

/** What the network finds of what was planted, on sessions after those it has learnt from. */
async function recovered({ market: simulated, horizon, learnt, options, hasSectors = true, features }: Planted, seed: number, what: string): Promise<Found> {
  const made = syntheticMarket({ ...PLACE, ...simulated }, createRng(seed));
  const whole = labelMarketOf(made);
  const market = hasSectors ? whole : { ...whole, sectors: new Map<string, string>() };
  const { symbols, sessions } = market.bars;
  const labels = forwardLabels(market, { horizon, residual: 'market' });
  const columns = new Panel({ symbols, sessions, columns: { ...Object.fromEntries(made.signals), ...features(market.bars) } });
  const tables = { features: rankWithinSessions(columns, labels), labels };
  const train = samplesBetween(tables, [60, learnt]);
  const validation = samplesBetween(tables, [learnt, learnt]); // nothing is chosen: the weights of the last step count
  const test = samplesBetween(tables, [learnt + labels.span, sessions.length - labels.span]);
  const model = await result(foundation({ ...options, features: [...columns.columnNames], horizons: [horizon] }).fit({ train, validation, horizon }, { ...CONTEXT, seed }));
  const ics = sessionRankIcs(test, await model.predict(test));
  model.dispose();
  const found = { ics, ic: mean(ics), sessions: ics.length / horizon, names: symbols.length, best: mean(sessionRankIcs(test, knowing(made, tables.features, test))) };
  if (isTold) console.log(`${what}, seed ${seed}: rank IC ${found.ic.toFixed(4)} over ${ics.length} sessions, of one who knows ${found.best.toFixed(4)}, deviation of chance ${chance(found).toFixed(4)}`);
  return found;
}

/** The first signal itself or, with a graph, the mean of what its true neighbours have in the first column, [sample]. */
function knowing({ truth: { graph } }: SyntheticMarket, features: Panel, { sessions, counts, symbolRows }: Samples): Float64Array {
  const [column, width] = [features.column(features.columnNames[0]), features.sessions.length];
  const positions = Array.from(sessions).flatMap((day, group) => new Array<number>(counts[group]).fill(features.indexOnOrBefore(day)));
  return Float64Array.from(positions, (t, sample) => (graph === null ? column[symbolRows[sample] * width + t] : mean(Array.from(graph.neighbours[symbolRows[sample]], (row) => column[row * width + t]))));
}

/**
 * Deviation of a mean rank IC when scores say nothing. One session's has 1 / √(names − 1); outcomes over h sessions that overlap make a session
 * worth 1 / h of one, which is exact for scores that stay and too wide for others.
 */
const chance = ({ sessions, names }: Pick<Found, 'sessions' | 'names'>): number => 1 / Math.sqrt((names - 1) * sessions);

const noise = (name: string) => ({ symbols, sessions }: Panel): Float32Array => {
  const rng = createRng(1).fork(name);
  return Float32Array.from({ length: symbols.length * sessions.length }, () => rng.normal());
};

const lastReturn = (bars: Panel): Float32Array => {
  const [close, width] = [bars.column('close'), bars.sessions.length];
  return Float32Array.from(close, (value, at) => (at % width === 0 ? Number.NaN : value / close[at - 1] - 1));
};

const QUICK: FoundationOptions = { past: 2, width: 4, heads: 2, dropout: 0, rankingWeight: 2, rate: 0.02, stride: 5, weightDecay: 0.01, market: false, graphLayers: 0 };

describe('a signal among noise', () => {
  const planted = (ic: number): Planted => ({
    market: { symbols: 60, end: isoDate('2016-06-30'), signals: [{ name: 'signal', ic, horizon: 5, persistence: 0.5 }] },
    horizon: 5,
    learnt: 360,
    options: { ...QUICK, epochs: 2 },
    features: (bars) => ({ 'noise-a': noise('a')(bars), 'noise-b': noise('b')(bars) }),
  });

  it.each(SEEDS)('is found as strong as it was planted (seed %i)', { timeout: 120_000 }, async (seed) => {
    const found = await recovered(planted(0.1), seed, 'signal of 0.10');
    expect(found.ic).toBeGreaterThan(3 * chance(found));
    expect(Math.abs(found.ic - 0.1)).toBeLessThan(3 * chance(found));
    expect(found.ic).toBeGreaterThan(0.8 * found.best);
  });

  // Null: the column has nothing to do with returns, so the mean rank IC has mean 0 and at most the deviation of chance.
  it.each(SEEDS)('is not found where there is none (seed %i)', { timeout: 120_000 }, async (seed) => {
    const found = await recovered(planted(0), seed, 'noise');
    expect(Math.abs(found.ic)).toBeLessThan(3 * chance(found));
  });
});

describe('what neighbours did', () => {
  /** The return of the last session alone: it tells what neighbours will do, and of the stock itself what is in common with its neighbours. */
  const planted = (graph: Partial<HiddenGraphSettings>, options: FoundationOptions): Planted => ({
    market: { symbols: 60, end: isoDate('2016-06-30'), sectors: { count: 11, volatility: 0.0001 }, graph: { ic: 0.2, horizon: 1, ...graph } },
    horizon: 1,
    learnt: 360,
    options: { ...QUICK, past: 1, epochs: 3, ...options },
    features: (bars) => ({ 'return-1': lastReturn(bars) }),
  });
  /** Sectors of five or six, in which everyone hears from four that have nothing in common with it. */
  const sectors = (graphLayers: number): Planted => planted({ neighbours: 4, coupling: 0 }, { graphLayers, graph: { builder: 'correlation', window: 20, topK: 5, threshold: 0.9, sectorEdges: true } });

  it.each(SEEDS)('is found by messages over the graph (seed %i)', { timeout: 120_000 }, async (seed) => {
    const found = await recovered(sectors(1), seed, 'graph of sectors, one layer');
    expect(found.ic).toBeGreaterThan(3 * chance(found));
    expect(found.ic).toBeGreaterThan(0.6 * found.best);
    expect(found.ic).toBeLessThan(found.best + 3 * chance(found));
  });

  // Null: what the stock itself did is independent of what its neighbours did. Sectors are withheld: a score by sector is a bet on few names, as the
  // moves of a sector go on in this market, and is off by more than chance has it.
  it.each(SEEDS)('is not found by each stock by itself (seed %i)', { timeout: 120_000 }, async (seed) => {
    const found = await recovered({ ...sectors(0), hasSectors: false }, seed, 'graph of sectors, no layer');
    expect(Math.abs(found.ic)).toBeLessThan(3 * chance(found));
  });

  it.runIf(isTold).each(SEEDS)('is found by messages where only correlations tell of the graph (seed %i)', { timeout: 600_000 }, async (seed) => {
    const chain = (graphLayers: number): Planted => {
      const { market, ...rest } = planted({ neighbours: 2, coupling: 1 }, { graphLayers, width: 8, epochs: 6, graph: { builder: 'market-residual', window: 60, topK: 2, threshold: 0.25, sectorEdges: false } });
      return { ...rest, learnt: 500, market: { ...market, end: isoDate('2017-12-29') } };
    };
    const [heard, alone] = [await recovered(chain(1), seed, 'graph of correlations, one layer'), await recovered(chain(0), seed, 'graph of correlations, no layer')];
    // neighbours move together, so one's own return tells of theirs: messages must tell more, session by session
    const more = heard.ics.map((ic, at) => ic - alone.ics[at]);
    expect(mean(more)).toBeGreaterThan((3 * standardDeviation(more)) / Math.sqrt(more.length));
  });
});
