import type { Market } from '../data/market.js';
import { InvariantError } from '../core/errors.js';
import { centredRank } from '../math/cross-section.js';
import type { Evidence } from '../strategy/evidence.js';
import type { Forecast } from '../strategy/view.js';
import { driversOf } from './drivers-of.js';
import { forecastOf } from './forecast-of.js';
import { MemberRanks } from './member-ranks.js';
import { insightRemarks } from './network-remarks.js';
import { networkSamples, type NetworkPast } from './network-samples.js';
import type { EveningModel } from './evening-model.js';
import type { SessionFeatures } from './session-features.js';
import { sessionSamples } from './session-samples.js';

export interface OpinionRequest {
  /** Needed by networks, as the past. */
  readonly market: Market | null;
  readonly session: Pick<SessionFeatures, 'values' | 'members'>;
  readonly past: NetworkPast | null;
  /** All that count on the session, in the order of the bars. */
  readonly counted: readonly string[];
  readonly volatility: (symbol: string) => number;
  /** Features named of each. */
  readonly drivers: number;
  readonly coverage: number;
}

/** What a model says of everyone that counts on a session. */
export interface Opinion {
  readonly title: string;
  /** `null` where it says nothing, [counted]. */
  readonly forecasts: readonly (Forecast | null)[];
  /** Centred rank of each score, NaN where there is none, [counted]. */
  readonly ranks: Float64Array;
  readonly horizon: number;
}

/** @throws InvariantError for a network without the past that it reads */
export async function opinionOf({ title, trained }: EveningModel, { market, session, past, counted, volatility, drivers, coverage }: OpinionRequest): Promise<Opinion> {
  const { card } = trained;
  const request = { symbols: counted, features: card.features, volatility, horizon: card.horizon };
  if (trained.past > 0 && (past === null || market === null)) throw new InvariantError(`expected the past that ${title} reads, found none`);
  const [samples, values] = trained.past > 0 ? [networkSamples(market!, past!, request), past!.values] : [sessionSamples(session.values, request), session.values];
  const seen = trained.normalize(samples);
  const prediction = await trained.predict(seen, { isNormalized: true });
  const parts = drivers === 0 ? null : await trained.explain(seen, { isNormalized: true });
  const insight = drivers === 0 ? null : await trained.insight(seen, { isNormalized: true });
  const ranks = new MemberRanks({ values, members: session.members });
  const forecasts = counted.map((symbol, at): Forecast | null => {
    if (Number.isNaN(prediction.score[at])) return null;
    const told = parts === null ? { drivers: [], rest: null } : driversOf(parts, samples, { at, count: drivers, symbol, values, ranks });
    const remarks: readonly Evidence[] = insight === null ? [] : insightRemarks(insight, at, values.symbols);
    return { ...forecastOf(prediction, at, { title, card, scale: samples.scale[at], coverage }), ...told, ...(remarks.length > 0 ? { remarks } : {}) };
  });
  return { title, forecasts, ranks: centredRank(prediction.score), horizon: card.horizon };
}
