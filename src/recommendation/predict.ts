import { membershipTable, type Market } from '../data/market.js';
import { driverValues } from '../strategy/driver-values.js';
import type { Evidence } from '../strategy/evidence.js';
import type { Forecast } from '../strategy/view.js';
import type { Panel } from '../table/panel.js';
import type { SessionFeatures } from './session-features.js';
import type { EveningModel } from './evening-model.js';
import { explained, type Explanation } from './explained.js';
import { meanOfRanks } from './mean-of-ranks.js';
import type { NetworkPast } from './network-samples.js';
import { opinionOf, type Opinion } from './opinion.js';
import type { ModelSummary } from './recommendation.js';

export interface Predictions {
  readonly forecasts: ReadonlyMap<string, Forecast>;
  /** Members that may be bought, ascending. */
  readonly eligible: readonly string[];
  /** Members that may not, and why. */
  readonly ineligible: readonly { readonly symbol: string; readonly reason: string }[];
  /** Members with a bar on the session. */
  readonly priced: readonly string[];
  readonly model: ModelSummary | null;
  /** Network whose ranks were averaged with those of the model. */
  readonly network?: ModelSummary | null;
  /** What was passed over in choosing the model, and why. */
  readonly notices: readonly string[];
  /** Share of outcomes that each interval is meant to hold. */
  readonly coverage: number;
}

export interface PredictRequest {
  /** `null` when history does not suffice for any. */
  readonly model: EveningModel | null;
  /** Network whose ranks are averaged with those of the model. */
  readonly network?: EveningModel | null;
  /** What networks among the two read; absent where there are none. */
  readonly past?: NetworkPast | null;
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
export async function predict(market: Market, { model, network = null, past = null, notices, session, history, drivers, coverage }: PredictRequest): Promise<Predictions> {
  const { bars } = market;
  const index = bars.sessions.length - 1;
  const { eligible, ineligible, priced } = sortMembers(market, index);
  const common = { eligible, ineligible, priced, notices };
  if (model === null) return { ...common, forecasts: new Map(), model: null, coverage };
  const counted = countedSymbols(bars, membershipTable(bars, market.universe), index);
  const request = { market, session, past, counted, volatility: (symbol: string) => history.series(VOLATILITY, symbol).at(-1)!, coverage };
  const own = await opinionOf(model, request);
  const other = network === null ? null : await opinionOf(network, request);
  const said = other === null ? own.forecasts : meanOfRanks(own, other);
  const wanted = new Set(eligible);
  const told = counted.flatMap((symbol, place) => (wanted.has(symbol) && said[place] !== null ? [{ symbol, place, forecast: said[place] }] : []));
  const explain = (opinion: Opinion): ReturnType<typeof explained> => explained(opinion, { places: toldOf(opinion, told), counted, members: session.members, drivers });
  const [why, also] = [await explain(own), other === null ? null : await explain(other)];
  const forecasts = new Map(told.map(({ symbol, place, forecast }) => [symbol, withReasons(forecast, why.get(place), other === null ? null : { title: other.title, explanation: also?.get(place) })]));
  return { ...common, forecasts, model: summarize(model), network: network && summarize(network), coverage: model.trained.card.calibration?.coverage ?? coverage };
}

/** Names of which a network tells what moved it: the best by score. Asking takes it a multiple of foretelling. */
const TOLD_OF_NETWORKS = 60;

function toldOf({ trained }: Opinion, all: readonly { readonly place: number; readonly forecast: Forecast }[]): number[] {
  if (trained.past === 0) return all.map(({ place }) => place);
  return [...all].sort((a, b) => b.forecast.score - a.forecast.score || a.place - b.place).slice(0, TOLD_OF_NETWORKS).map(({ place }) => place).sort((a, b) => a - b);
}

/** A forecast with what moved it: what moved the model and, beside it, what moved the network that it was averaged with. */
function withReasons(forecast: Forecast, why: Explanation | undefined, network: { readonly title: string; readonly explanation: Explanation | undefined } | null): Forecast {
  const { drivers = [], rest = null, remarks: own = [] } = why ?? {};
  const strongest = (network?.explanation?.drivers ?? []).slice(0, 1).map((driver): Evidence => ({ code: 'network-driver', values: { network: network!.title, ...driverValues(driver) } }));
  const remarks = [...(forecast.remarks ?? []), ...own, ...strongest, ...(network?.explanation?.remarks ?? [])];
  // parts sum to the model's own score, not to a mean of ranks
  return { ...forecast, drivers, rest: network === null ? rest : null, ...(remarks.length > 0 ? { remarks } : {}) };
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

/** Members of a session, of the whole universe, with a bar that is not suspect; in the order of the bars. @param member as of `membershipTable` */
export function countedSymbols(bars: Panel, member: Uint8Array, index: number): string[] {
  const width = bars.sessions.length;
  const [suspect, close] = [bars.column('suspect'), bars.column('close')];
  return bars.symbols.filter((_, row) => {
    const at = row * width + index;
    return member[at] === 1 && suspect[at] !== 1 && close[at] > 0;
  });
}

function summarize({ name, title, origin, trained: { card, describe } }: EveningModel): ModelSummary {
  const { horizon, features, trainedFrom, trainedThrough, learntThrough, choseOnValidation, usableFrom, sessions, samples, validation, calibration } = card;
  return { name, title, describe, label: card.label, origin, horizon, features: features.length, trainedFrom, learntThrough, trainedThrough, usableFrom, sessions, samples, validation: validation === null ? null : { sessions: validation.sessions, rankIc: validation.rankIc, icir: validation.icir, t: validation.t, chose: choseOnValidation }, payoff: calibration === null ? null : { sessions: calibration.sessions, slope: calibration.slope, t: calibration.slopeT, drift: calibration.intercept, driftT: calibration.interceptT } };
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
