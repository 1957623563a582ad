import type { IsoDate } from '../core/dates.js';
import type { Market } from '../data/market.js';
import type { MarketSeries } from '../data/market-series.js';
import type { Store } from '../data/store/store.js';
import { XNYS } from '../core/calendar.js';
import { absentInputs } from '../features/absent-inputs.js';
import { computeFeatures } from '../features/compute/compute-features.js';
import type { FeatureInputs } from '../features/compute/feature-inputs.js';
import type { Feature } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import type { SessionFeatures } from '../recommendation/session-features.js';
import { Panel } from '../table/panel.js';
import { readFeatureInputs, type FeatureInputsRequest, type InputSettings } from './feature-inputs.js';
import { sessionFeatures } from './session-features.js';

export interface FeatureSeriesRequest extends InputSettings, Pick<FeatureInputsRequest, 'features'> {
  /** Computed besides, and not told of. */
  readonly also: readonly Feature[];
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Sessions of history that a market holds. */
  readonly history: number;
}

interface SeriesParts {
  readonly store: Store;
  readonly series: MarketSeries;
  readonly request: FeatureSeriesRequest;
  readonly inputs: FeatureInputs;
  /** Of all sessions; `null`: every session is computed by itself. */
  readonly values: Panel | null;
}

/**
 * Features of session after session, computed for many sessions at once wherever that gives the same bits as computing them that evening:
 * nothing in a feature's window was cleaned by what was known later (the prefix law holds for the rest), and the windows are within the history.
 */
export class FeatureSeries {
  readonly #parts: SeriesParts;

  private constructor(parts: SeriesParts) {
    this.#parts = parts;
  }

  static async compute(store: Store, series: MarketSeries, request: FeatureSeriesRequest): Promise<FeatureSeries> {
    const { from, to, history } = request;
    const whole = series.whole();
    const features = everything(request);
    const inputs = await readFeatureInputs(store, { ...request, features, bars: whole.bars, universe: whole.universe });
    const withinHistory = features.every(({ lookback }) => lookback < history);
    const isWorthIt = withinHistory && series.isUnadjusted;
    const values = isWorthIt ? computeFeatures(inputs, features, { last: XNYS.count(from, to) + 1, known: FEATURES }) : null;
    return new FeatureSeries({ store, series, request, inputs, values });
  }

  /** Features of everyone in a market of the series on its last session. */
  async at(market: Market): Promise<SessionFeatures> {
    const { series, request: { features }, inputs, values } = this.#parts;
    if (values === null || !series.isSettled(market)) return this.#alone(market);
    const { bars, universe, asOf } = market;
    const members = universe.membersAt(asOf).filter((symbol) => bars.hasSymbol(symbol) && bars.series('close', symbol).at(-1)! > 0);
    return { features, values: oneSession(values, bars.symbols, asOf), members, absent: absentInputs(features, { ...inputs, bars }, FEATURES) };
  }

  /** Computed for the session by itself. */
  async #alone(market: Market): Promise<SessionFeatures> {
    const { store, request } = this.#parts;
    const { features } = request;
    const told = new Set(features.map(({ name }) => name));
    const all = await sessionFeatures(store, market, { ...request, features: everything(request) });
    return { ...all, features, absent: all.absent.filter(({ feature }) => told.has(feature)) };
  }
}

/** What is told of and what is computed besides, each once. */
function everything({ features, also }: FeatureSeriesRequest): Feature[] {
  return [...features, ...also.filter(({ name }) => !features.some((feature) => feature.name === name))];
}

/** The values of some symbols on one session. */
function oneSession(values: Panel, symbols: readonly string[], session: IsoDate): Panel {
  const width = values.sessions.length;
  const t = values.indexOf(session);
  const cells = symbols.map((symbol) => values.row(symbol) * width + t);
  const columns = Object.fromEntries(values.columnNames.map((name) => {
    const column = values.column(name);
    const own = new Float32Array(cells.length); // a loop: `Float32Array.from` with a function is several times slower
    for (let i = 0; i < own.length; i++) own[i] = column[cells[i]];
    return [name, own];
  }));
  return new Panel({ symbols, sessions: values.sessions.slice(t, t + 1), columns });
}
