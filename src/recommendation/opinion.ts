import { InvariantError } from '../core/errors.js';
import type { Market } from '../data/market.js';
import type { Samples } from '../dataset/samples.js';
import { centredRank } from '../math/cross-section.js';
import type { TrainedModel } from '../models/trained-model.js';
import type { Forecast } from '../strategy/view.js';
import type { Panel } from '../table/panel.js';
import type { EveningModel } from './evening-model.js';
import { forecastOf } from './forecast-of.js';
import { networkSamples, type NetworkPast } from './network-samples.js';
import type { SessionFeatures } from './session-features.js';
import { sessionSamples } from './session-samples.js';

export interface OpinionRequest {
  /** Needed by networks, as the past. */
  readonly market: Market | null;
  readonly session: Pick<SessionFeatures, 'values'>;
  readonly past: NetworkPast | null;
  /** All that count on the session, in the order of the bars. */
  readonly counted: readonly string[];
  readonly volatility: (symbol: string) => number;
  readonly coverage: number;
}

/** What a model says of everyone that counts on a session, without what moved it. */
export interface Opinion {
  readonly title: string;
  readonly trained: TrainedModel;
  /** `null` where it says nothing, [counted]. */
  readonly forecasts: readonly (Forecast | null)[];
  /** Centred rank of each score, NaN where there is none, [counted]. */
  readonly ranks: Float64Array;
  readonly horizon: number;
  /** What it read, as it came and as the model saw it, [counted]; and the features that it was taken from. */
  readonly samples: Samples;
  readonly seen: Samples;
  readonly values: Panel;
}

/** @throws InvariantError for a network without the past that it reads */
export async function opinionOf({ title, trained }: EveningModel, { market, session, past, counted, volatility, coverage }: OpinionRequest): Promise<Opinion> {
  const { card } = trained;
  const request = { symbols: counted, features: card.features, volatility, horizon: card.horizon };
  if (trained.past > 0 && (past === null || market === null)) throw new InvariantError(`expected the past that ${title} reads, found none`);
  const [samples, values] = trained.past > 0 ? [networkSamples(market!, past!, request), past!.values] : [sessionSamples(session.values, request), session.values];
  const seen = trained.normalize(samples);
  const prediction = await trained.predict(seen, { isNormalized: true });
  const forecasts = counted.map((_, at): Forecast | null => (Number.isNaN(prediction.score[at]) ? null : { ...forecastOf(prediction, at, { title, card, scale: samples.scale[at], coverage }), drivers: [], rest: null }));
  return { title, trained, forecasts, ranks: centredRank(prediction.score), horizon: card.horizon, samples, seen, values };
}
