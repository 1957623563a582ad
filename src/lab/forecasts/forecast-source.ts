import type { IsoDate } from '../../core/dates.js';
import type { Market } from '../../data/market.js';
import type { NetworkPast } from '../../recommendation/network-samples.js';
import type { Forecast } from '../../strategy/view.js';
import type { Panel } from '../../table/panel.js';
import type { PastNeed } from '../models/evening-model.js';

/** What forecasts of a session are made from. */
export interface ForecastRequest {
  readonly session: IsoDate;
  /** Features of the session alone: those that the span reads, and `realized-volatility-63`. */
  readonly today: Panel;
  /** Members that count on the session, in the order of the bars. */
  readonly symbols: readonly string[];
  /** The market of that evening and what networks read of it, where the span asks for it. */
  readonly evening: { readonly market: Market; readonly past: NetworkPast } | null;
}

/** Sessions in a row whose forecasts come from one place. */
export interface ForecastSpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Features that the forecasts are made of, by name. */
  readonly features: readonly string[];
  /** What networks among its models read of the past; `null` where there are none. */
  readonly need: PastNeed | null;
  /** By symbol; none of those of which nothing is said. */
  forecasts(request: ForecastRequest): Promise<ReadonlyMap<string, Forecast>>;
  /** Frees what lies outside the garbage collector's reach. */
  dispose(): void;
}

/** Where the forecasts of a replay come from: models that were usable then, or a table of scores. */
export interface ForecastSource {
  /** One span after the other, together all sessions from `from` to `to`; each is to be disposed of before the next is asked for. */
  spans(from: IsoDate, to: IsoDate): AsyncIterable<ForecastSpan>;
}

/** For strategies that ask no model. */
export const NO_FORECASTS: ForecastSource = {
  async *spans(from, to) {
    yield { from, to, features: [], need: null, forecasts: () => Promise.resolve(new Map()), dispose: () => undefined };
  },
};
