import { XNYS } from '../../core/calendar.js';
import { fromEpochDay, toEpochDay, type IsoDate } from '../../core/dates.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { readChains } from '../../data/option-chains/read-chains.js';
import type { QualityPolicies } from '../../data/quality/inspect.js';
import type { Store } from '../../data/store/store.js';
import { cleanChain } from '../../options/chain/clean-chain.js';
import type { OptionsConfig } from '../../options/config.js';
import { CARRY_YEARS } from '../../options/exposure/convention.js';
import { conventionOf } from '../../options/exposure/dealers.js';
import { detectSignals } from '../../options/intelligence/detect-signals.js';
import { OptionsHistory, type OptionsView } from '../../options/intelligence/view.js';
import { chainPanel } from '../../options/panel/chain-panel.js';
import { SUMMARY_COLUMN_NAMES } from '../../options/summary/columns.js';
import { zeroCurve } from '../../options/surface/rate-curve.js';
import { valueChain, type ValuedChain } from '../../options/valuation/valued-chain.js';
import type { ChainView } from '../../report/options/chain-view.js';
import type { Panel } from '../../table/panel.js';
import { chainBars } from './chain-bars.js';
import { chainFeatures } from './chain-features.js';
import { chooseChain, type ChosenChain } from './choose-chain.js';
import { OPTIONS_HISTORY } from './options-history.js';
import { readSummaries } from './read-summaries.js';
import { treasuryCurves, type CurvePoints } from './treasury-curves.js';

export interface ChainViewRequest {
  readonly underlying: string;
  /** The last session with a chain of the underlying when absent; nothing later is read. */
  readonly asOf?: IsoDate;
  readonly settings: OptionsConfig;
  /** Policies of the quality rules for the bars of the underlying. */
  readonly policies?: QualityPolicies;
  /** The store holds the bundled chains. */
  readonly isSample?: boolean;
}

/** A view of one chain, and the tables that it stands on. */
export interface ChainStudy {
  readonly view: ChainView;
  /** Figures of the chains, [1 symbol, session] up to that of the view. */
  readonly summaries: Panel;
  /** The forty features over the same sessions. */
  readonly features: Panel;
}

/**
 * Everything that a page tells of one underlying's chain: all expiries valued, figures and features of the sessions before it, signals.
 *
 * All of it is known at the decision time of the session.
 * @throws ConfigError for an underlying or a session without a chain, or with `options.enabled: false`; DataError for a store without chains
 */
export async function readChainView(store: Store, { underlying: name, asOf, settings, policies = {}, isSample = false }: ChainViewRequest): Promise<ChainStudy> {
  if (!settings.enabled) throw new ConfigError('expected options.enabled to be true to look at option chains, found false', { code: 'OPTIONS_OFF' });
  const chosen = await chooseChain(store, { underlying: name, ...(asOf ? { asOf } : {}) });
  const { underlying, session } = chosen;
  const sessions = historySessions(chosen);
  const summaries = await readSummaries(store, { symbols: [underlying], sessions, columns: SUMMARY_COLUMN_NAMES, settings });
  if (summaries === null) throw new DataError(`expected figures of the chain of ${underlying} on ${session}, found none`, { code: 'NO_CHAINS', fields: { underlying, session } });
  const column = (key: string): Float64Array => Float64Array.from(summaries.series(key, underlying));
  const bars = await chainBars(store, { underlying, sessions, spot: column('spot'), policies });
  const [curve] = await treasuryCurves(store, sessions.slice(-1), settings.rate);
  const chain = await valuedChain(store, { underlying, session, curve });
  const features = chainFeatures(bars, summaries);
  const { source, licence, notes } = (await store.entry('option_chains'))!;
  return {
    view: {
      underlying,
      session,
      panel: chainPanel(chain, conventionOf(settings)),
      features: features.last,
      signals: detectSignals(await viewOf(store, chosen, { chain, curve, summaries, close: bars.close, dealers: settings.dealers })),
      history: { sessions: Array.from(sessions, fromEpochDay), spot: column('spot'), volatility30: column('volatility30') },
      closes: bars.from,
      closesSince: bars.since,
      rate: rateOf(curve, settings),
      dealers: settings.dealers,
      source: { source, licence, notes },
      isSample,
    },
    summaries,
    features: features.values,
  };
}

/** The 30-day rate; a single point at the configured rate is what there is without known yields. */
function rateOf({ years, rates }: CurvePoints, { rate }: OptionsConfig): ChainView['rate'] {
  return { value: zeroCurve(years, rates).rate(CARRY_YEARS), from: years.length === 1 && rates[0] === rate ? 'configuration' : 'treasury' };
}

/** Sessions of the exchange that features and signals of the last one read, none before the first chain. */
function historySessions({ session, first }: ChosenChain): Int32Array {
  const count = XNYS.count(first, session);
  const start = count < OPTIONS_HISTORY ? first : XNYS.shift(session, 1 - OPTIONS_HISTORY);
  return XNYS.sessionDays(toEpochDay(start), toEpochDay(session));
}

interface ValuationRequest {
  readonly underlying: string;
  readonly session: IsoDate;
  readonly curve: CurvePoints;
}

async function valuedChain(store: Store, { underlying, session, curve }: ValuationRequest): Promise<ValuedChain> {
  const { value: stored } = await readChains(store, { underlyings: [underlying], start: session, end: session }).next();
  if (!stored) throw new DataError(`expected the chain of ${underlying} on ${session} in the store "${store.folder}", found none`, { code: 'NO_CHAINS', fields: { underlying, session } });
  return valueChain(cleanChain(stored), { curve: zeroCurve(curve.years, curve.rates) });
}

interface ViewParts {
  readonly chain: ValuedChain;
  readonly curve: CurvePoints;
  readonly summaries: Panel;
  readonly close: Float64Array;
  readonly dealers: OptionsConfig['dealers'];
}

/** What signals see: the history, the chain, and that of the session before where it is stored. */
async function viewOf(store: Store, { underlying, session, sessions }: ChosenChain, { chain, curve, summaries, close, dealers }: ViewParts): Promise<OptionsView> {
  const before = sessions.at(-2);
  const previous = before !== undefined && before === XNYS.previous(session) ? await valuedChain(store, { underlying, session: before, curve }) : null;
  const columns = Object.fromEntries(SUMMARY_COLUMN_NAMES.map((name) => [name, Float64Array.from(summaries.series(name, underlying))]));
  return new OptionsHistory({ underlying, sessions: summaries.sessions, columns, close, dealers }).latest({ chain, ...(previous === null ? {} : { previous }) });
}
