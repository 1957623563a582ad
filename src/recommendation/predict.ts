import { membershipTable, type Market } from '../data/market.js';
import type { Samples } from '../dataset/samples.js';
import type { Contributions } from '../models/forecaster.js';
import type { ModelCard } from '../models/model-card.js';
import type { Prediction, TrainedModel } from '../models/trained-model.js';
import type { Driver, Forecast } from '../strategy/view.js';
import type { Panel } from '../table/panel.js';
import type { SessionFeatures } from './session-features.js';
import { MemberRanks } from './member-ranks.js';
import type { ModelSummary } from './recommendation.js';
import { sessionSamples } from './session-samples.js';

export interface Predictions {
  readonly forecasts: ReadonlyMap<string, Forecast>;
  /** Members that may be bought, ascending. */
  readonly eligible: readonly string[];
  /** Members that may not, and why. */
  readonly ineligible: readonly { readonly symbol: string; readonly reason: string }[];
  /** Members with a bar on the session. */
  readonly priced: readonly string[];
  readonly model: ModelSummary | null;
  /** What was passed over in choosing the model, and why. */
  readonly notices: readonly string[];
  /** Share of outcomes that each interval is meant to hold. */
  readonly coverage: number;
}

/** The model of an evening and where it comes from. */
export interface EveningModel {
  readonly name: string;
  /** As reasons name it. */
  readonly title: string;
  readonly origin: ModelSummary['origin'];
  readonly trained: TrainedModel;
}

export interface PredictRequest {
  /** `null` when history does not suffice for any. */
  readonly model: EveningModel | null;
  readonly notices: readonly string[];
  /** Features of the members on the session; what the model reads must be among them. */
  readonly session: SessionFeatures;
  /** Column `realized-volatility-63` over the symbols of the bars; its last session is the market's. */
  readonly history: Panel;
  /** Features named for each forecast. */
  readonly drivers: number;
  /** Share of outcomes that intervals are meant to hold, where there is no model. */
  readonly coverage: number;
}

/** Features of the members' history that forecasts need. */
export const VOLATILITY = 'realized-volatility-63';

/**
 * Forecasts of the members for the session the market stands in.
 *
 * Only members of a session with a bar that is not suspect count for that session. Ranks are among all of them, also
 * where the market is cut to a few symbols, because the pay-off of ranks was learnt on such.
 */
export async function predict(market: Market, { model, notices, session, history, drivers, coverage }: PredictRequest): Promise<Predictions> {
  const { bars } = market;
  const index = bars.sessions.length - 1;
  const { eligible, ineligible, priced } = sortMembers(market, index);
  const common = { eligible, ineligible, priced, notices };
  if (model === null) return { ...common, forecasts: new Map(), model: null, coverage };
  const { trained } = model;
  const { card } = trained;
  const counted = countedSymbols(bars, membershipTable(bars, market.universe), index);
  const samples = sessionSamples(session.values, { symbols: counted, features: card.features, volatility: (symbol) => history.series(VOLATILITY, symbol).at(-1)!, horizon: card.horizon });
  const seen = trained.normalize(samples);
  const prediction = await trained.predict(seen, { isNormalized: true });
  const parts = drivers === 0 ? null : await trained.explain(seen, { isNormalized: true });
  const wanted = new Set(eligible);
  const ranks = new MemberRanks(session);
  const forecasts = new Map<string, Forecast>();
  counted.forEach((symbol, i) => {
    if (!wanted.has(symbol) || Number.isNaN(prediction.score[i])) return;
    forecasts.set(symbol, {
      ...forecastOf(prediction, i, { title: model.title, card, scale: samples.scale[i], coverage }),
      ...(parts === null ? { drivers: [], rest: null } : driversOf(parts, samples, { at: i, count: drivers, symbol, session, ranks })),
    });
  });
  return { ...common, forecasts, model: summarize(model), coverage: card.calibration?.coverage ?? coverage };
}

/**
 * The members of the market's session with forecasts from elsewhere, such as a table of scores.
 * @param forecasts of the symbols given, which are all that count on the session
 * @param notice what a reader must know of where they come from
 */
export function predictionsFrom(market: Market, forecasts: (symbols: readonly string[]) => ReadonlyMap<string, Forecast>, { notice, coverage }: { readonly notice: string; readonly coverage: number }): Predictions {
  const index = market.bars.sessions.length - 1;
  const members = sortMembers(market, index);
  const wanted = new Set(members.eligible);
  const counted = countedSymbols(market.bars, membershipTable(market.bars, market.universe), index);
  return { ...members, forecasts: new Map([...forecasts(counted)].filter(([symbol]) => wanted.has(symbol))), model: null, notices: [notice], coverage };
}

interface ForecastParts {
  readonly title: string;
  readonly card: ModelCard;
  /** Expected deviation of the return. */
  readonly scale: number;
  readonly coverage: number;
}

/** What a model says about one sample, without what moved it. */
export function forecastOf({ score, expected, low, high }: Prediction, at: number, { title, card: { calibration, horizon }, scale, coverage }: ForecastParts): Omit<Forecast, 'drivers' | 'rest'> {
  const known = [expected[at], low[at], high[at]].every(Number.isFinite);
  return {
    model: title,
    score: score[at],
    expectedReturn: known ? expected[at] : null,
    edge: known && calibration !== null ? expected[at] - calibration.intercept * scale : null,
    interval: known ? [low[at], high[at]] : null,
    coverage: calibration?.coverage ?? coverage,
    horizon,
  };
}

/** Members of a session, of the whole universe, with a bar that is not suspect; in the order of the bars. @param member as of `membershipTable` */
export function countedSymbols(bars: Panel, member: Uint8Array, index: number): string[] {
  const width = bars.sessions.length;
  const [suspect, close] = [bars.column('suspect'), bars.column('close')];
  return bars.symbols.filter((_, row) => {
    const at = row * width + index;
    return member[at] === 1 && suspect[at] !== 1 && close[at] > 0;
  });
}

interface DriverRequest {
  readonly at: number;
  readonly count: number;
  readonly symbol: string;
  readonly session: SessionFeatures;
  readonly ranks: MemberRanks;
}

/** The features that moved a score most, and what all others and the base add: together the score. */
function driversOf({ features, values, base }: Contributions, samples: Samples, { at, count, symbol, session, ranks }: DriverRequest): { drivers: Driver[]; rest: number } {
  const part = (feature: number): number => values[feature * samples.length + at];
  const largest = largestParts(features.length, part, count);
  let moved = 0;
  for (let feature = 0; feature < features.length; feature++) moved += Math.abs(part(feature));
  const drivers = largest.map((feature): Driver => {
    const name = features[feature];
    const value = session.values.series(name, symbol).at(-1)!;
    return { feature: name, value: Number.isNaN(value) ? null : value, rank: ranks.shareBelow(name, value), contribution: part(feature), share: moved > 0 ? Math.abs(part(feature)) / moved : 0 };
  });
  let rest = base[at];
  for (let feature = 0; feature < features.length; feature++) if (!largest.includes(feature)) rest += part(feature);
  return { drivers, rest };
}

/** The features whose parts are largest, largest first, equals in their order; parts of 0 are none. */
function largestParts(features: number, part: (feature: number) => number, count: number): number[] {
  const largest: number[] = [];
  for (let feature = 0; feature < features; feature++) {
    const size = Math.abs(part(feature));
    if (size === 0 || (largest.length === count && size <= Math.abs(part(largest[count - 1])))) continue;
    let place = largest.length;
    while (place > 0 && Math.abs(part(largest[place - 1])) < size) place--;
    largest.splice(place, 0, feature);
    if (largest.length > count) largest.pop();
  }
  return largest;
}

function summarize({ name, title, origin, trained: { card, describe } }: EveningModel): ModelSummary {
  const { horizon, features, trainedFrom, trainedThrough, learntThrough, choseOnValidation, usableFrom, sessions, samples, validation, calibration } = card;
  return { name, title, describe, label: card.label, origin, horizon, features: features.length, trainedFrom, learntThrough, trainedThrough, usableFrom, sessions, samples, validation: validation === null ? null : { ...validation, chose: choseOnValidation }, payoff: calibration === null ? null : { sessions: calibration.sessions, slope: calibration.slope, t: calibration.slopeT, drift: calibration.intercept, driftT: calibration.interceptT } };
}

function sortMembers({ bars, members, asOf, findings }: Market, index: number): Pick<Predictions, 'eligible' | 'ineligible' | 'priced'> {
  const eligible: string[] = [];
  const ineligible: { symbol: string; reason: string }[] = [];
  const priced: string[] = [];
  const masked = new Set(findings.filter(({ policy, session, end }) => policy === 'mask' && session <= asOf && asOf <= end).map(({ symbol }) => symbol));
  for (const symbol of members) {
    const close = bars.hasSymbol(symbol) ? bars.series('close', symbol)[index] : Number.NaN;
    if (!(close > 0)) {
      const reason = masked.has(symbol) ? 'bar of the session masked by a quality rule' : bars.hasSymbol(symbol) ? 'no bar on the session' : 'no bars in the store';
      ineligible.push({ symbol, reason });
      continue;
    }
    priced.push(symbol);
    if (bars.series('suspect', symbol)[index] === 1) ineligible.push({ symbol, reason: 'suspect price jump on the session: decided when the next bar shows what it is' });
    else eligible.push(symbol);
  }
  return { eligible, ineligible, priced };
}
