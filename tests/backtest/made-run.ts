import { fromEpochDay } from '../../src/core/dates.js';
import { createRng, type Rng } from '../../src/core/rng.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { FEATURES } from '../../src/features/registry.js';
import { resolveFeatures } from '../../src/features/sets.js';
import type { DatedAction } from '../../src/strategy/dated-action.js';
import type { SessionInputs } from '../../src/strategy/run-session.js';
import type { Forecast } from '../../src/strategy/view.js';
import type { Panel } from '../../src/table/panel.js';
import { makeMarket } from '../strategy/market.js';

const FEATURE_NAMES = ['realized-volatility-63', 'average-true-range-14', 'momentum-12-1', 'distance-to-mean-200', 'distance-to-high-252'];

export interface MadeRun {
  readonly bars: Panel;
  readonly features: Panel;
  readonly actions: ReadonlyMap<string, readonly DatedAction[]>;
  readonly sectors: ReadonlyMap<string, string>;
  readonly forecasts: readonly ReadonlyMap<string, Forecast>[];
  /** Whether a row is a member at a session. */
  isMember(row: number, index: number): boolean;
}

export interface MadeRunOptions {
  readonly symbols: number;
  readonly sessions: number;
  readonly seed: number;
}

/**
 * A market with all that books are run through: holes and suspect bars, jumps overnight, splits, dividends and late ones, names that end
 * and names that are listed late, members that come and go, and forecasts that lack here and there.
 */
export function madeRun({ symbols, sessions, seed }: MadeRunOptions): MadeRun {
  const rng = createRng(seed);
  const made = makeMarket({ symbols, sessions, seed, faults: true }).bars;
  const bars = vanishing(jumping(made, rng.fork('jumps')), rng.fork('ends'));
  const features = computeFeatures({ bars }, resolveFeatures(FEATURE_NAMES, FEATURES));
  const actions = actionsOf(bars, rng.fork('actions'));
  const leaves = bars.symbols.map((_, row) => (row % 5 === 3 ? sessions - 20 - (row % 60) : sessions));
  const joins = bars.symbols.map((_, row) => (row % 7 === 5 ? sessions - 70 - (row % 30) : 0));
  return {
    bars,
    features,
    actions,
    sectors: new Map(bars.symbols.flatMap((symbol, row) => (row % 11 === 10 ? [] : [[symbol, `Sector ${row % 6}`]]))),
    forecasts: forecastsOf(bars, rng.fork('forecasts')),
    isMember: (row, index) => index >= joins[row] && index < leaves[row],
  };
}

/** Sessions from a position on, as one pass over whole panels gives them. */
export async function* sessionsOf(run: MadeRun, from: number, to = run.bars.sessions.length): AsyncGenerator<SessionInputs> {
  for (let index = from; index < to; index++) yield await Promise.resolve(inputsAt(run, index));
}

export function inputsAt({ bars, features, actions, sectors, forecasts, isMember }: MadeRun, index: number): SessionInputs {
  const [close, suspect] = [bars.column('close'), bars.column('suspect')];
  const eligible = bars.symbols.filter((_, row) => {
    const at = row * bars.sessions.length + index;
    return isMember(row, index) && close[at] > 0 && suspect[at] !== 1;
  });
  return { index, bars, features, actions, sectors, eligible, forecasts: forecasts[index] };
}

/** Overnight jumps, which stops and targets do not hold. */
function jumping(bars: Panel, rng: Rng): Panel {
  const width = bars.sessions.length;
  const factor = new Float64Array(bars.symbols.length * width);
  bars.symbols.forEach((_, row) => {
    let level = 1;
    for (let t = 0; t < width; t++) {
      if (rng.float() < 0.015) level *= Math.exp(0.08 * rng.normal());
      factor[row * width + t] = level;
    }
  });
  const priced = bars.columnNames.filter((name) => /open|high|low|close/i.test(name));
  return bars.with(Object.fromEntries(priced.map((name) => [name, bars.column(name).map((value, i) => value * factor[i])])));
}

/** Some names end, one after another; some begin late. */
function vanishing(bars: Panel, rng: Rng): Panel {
  const width = bars.sessions.length;
  const columns = Object.fromEntries(bars.columnNames.filter((name) => name !== 'suspect' && name !== 'segment').map((name) => [name, Float64Array.from(bars.column(name))]));
  bars.symbols.forEach((_, row) => {
    const [first, last] = [row % 13 === 7 ? rng.integer(100, width - 40) : 0, row % 6 === 2 ? rng.integer(width - 90, width - 2) : width];
    for (const values of Object.values(columns)) {
      values.fill(Number.NaN, row * width, row * width + first);
      values.fill(Number.NaN, row * width + last, (row + 1) * width);
    }
  });
  return bars.with(columns);
}

function actionsOf(bars: Panel, rng: Rng): ReadonlyMap<string, readonly DatedAction[]> {
  const entries = bars.symbols.map((symbol): [string, DatedAction[]] => {
    const list: DatedAction[] = [];
    bars.sessions.forEach((exDay) => {
      if (rng.float() < 0.01) list.push({ exDay, kind: 'dividend', value: 0.5 * rng.float() });
      if (rng.float() < 0.0015) list.push({ exDay, kind: 'split', value: rng.choice([2, 3, 0.5, 1.5]) });
    });
    return [symbol, list];
  });
  return new Map(entries.filter(([, list]) => list.length > 0));
}

function forecastsOf({ symbols, sessions }: Panel, rng: Rng): ReadonlyMap<string, Forecast>[] {
  return Array.from(sessions, () => {
    const found = symbols.flatMap((symbol): [string, Forecast][] => {
      const score = rng.normal();
      if (rng.float() < 0.06) return [];
      const known = rng.float() > 0.1;
      const expectedReturn = known ? 0.002 * score : null;
      const drivers = rng.float() < 0.3 ? [{ feature: 'momentum-12-1', value: 0.1, rank: 0.6, contribution: 0.3 * score, share: 0.4 }] : [];
      return [[symbol, { model: 'made up', score, expectedReturn, edge: known ? 0.001 * score : null, interval: known ? [-0.05 + 0.002 * score, 0.05 + 0.003 * score * score] : null, coverage: 0.8, horizon: 5, drivers, rest: drivers.length > 0 ? 0.2 : null }]];
    });
    return new Map(found);
  });
}

/** Everything of a value as text, with what JSON has no words for. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (one instanceof Map) return { map: [...one] };
    if (typeof one === 'number' && !Number.isFinite(one)) return String(one);
    return one;
  });
}

export const sessionName = ({ bars }: MadeRun, index: number): string => fromEpochDay(bars.sessions[index]);
