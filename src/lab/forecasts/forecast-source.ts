import type { IsoDate } from '../../core/dates.js';
import type { Forecast } from '../../strategy/view.js';
import type { Panel } from '../../table/panel.js';

/** What forecasts of a session are made from. */
export interface ForecastRequest {
  readonly session: IsoDate;
  /** Features of the session alone: those that the span reads, and `realized-volatility-63`. */
  readonly today: Panel;
  /** Members that count on the session, in the order of the bars. */
  readonly symbols: readonly string[];
}

/** Sessions in a row whose forecasts come from one place. */
export interface ForecastSpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Features that the forecasts are made of, by name. */
  readonly features: readonly string[];
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
    yield { from, to, features: [], forecasts: () => Promise.resolve(new Map()), dispose: () => undefined };
  },
};
