import { XNYS } from '../../core/calendar.js';
import { fromEpochDay, toEpochDay, type IsoDate } from '../../core/dates.js';
import { readChains } from '../../data/option-chains/read-chains.js';
import type { Store } from '../../data/store/store.js';
import { cleanChain } from '../../options/chain/clean-chain.js';
import type { OptionsConfig } from '../../options/config.js';
import { conventionOf } from '../../options/exposure/dealers.js';
import { detectSignals } from '../../options/intelligence/detect-signals.js';
import { OptionsHistory } from '../../options/intelligence/view.js';
import { rankOfLast, WIDEST, wideningWindow } from '../../options/history/widening-window.js';
import { chainPanel } from '../../options/panel/chain-panel.js';
import { SUMMARY_COLUMN_NAMES } from '../../options/summary/columns.js';
import { zeroCurve } from '../../options/surface/rate-curve.js';
import { valueChain, type ValuedChain } from '../../options/valuation/valued-chain.js';
import type { EveningOptions, NameOptions } from '../../recommendation/evening-options.js';
import { nameOptions } from '../../recommendation/name-options.js';
import type { Panel } from '../../table/panel.js';
import { OPTIONS_HISTORY } from './options-history.js';
import { readSummaries } from './read-summaries.js';
import { treasuryCurves } from './treasury-curves.js';

export interface EveningOptionsRequest {
  /** Adjusted bars up to the evening. */
  readonly bars: Panel;
  /** Instruments that are shown. */
  readonly names: readonly string[];
  readonly settings: OptionsConfig;
}

/** What the chains of an evening tell of some names; only theirs are read, and nothing where the store has none of the session. */
export async function readEveningOptions(store: Store, { bars, names, settings }: EveningOptionsRequest): Promise<EveningOptions> {
  const session = fromEpochDay(bars.sessions[bars.sessions.length - 1]);
  const reason = await whyAbsent(store, session, settings);
  if (reason !== null) return { names: {}, absent: reason, source: null };
  const chains = await readValued(store, { session, names, settings });
  const read = [...chains.keys()];
  if (read.length === 0) return { names: {}, absent: names.length === 0 ? 'No name is shown, so that no option chain is.' : 'None of these names has an option chain on the session.', source: null };
  const recent = bars.slice(Math.max(0, bars.sessions.length - OPTIONS_HISTORY), bars.sessions.length);
  const summaries = await readSummaries(store, { symbols: read, sessions: recent.sessions, columns: SUMMARY_COLUMN_NAMES, settings });
  const told = read.map((symbol) => [symbol, optionsOf(symbol, chains.get(symbol)!, { recent, summaries, settings })] as const);
  const { source, licence } = (await store.entry('option_chains'))!;
  return { names: Object.fromEntries(told), absent: null, source: { source, licence } };
}

async function whyAbsent(store: Store, session: IsoDate, { enabled }: OptionsConfig): Promise<string | null> {
  if (!enabled) return 'Option chains are switched off by options.enabled.';
  const entry = await store.entry('option_chains');
  if (entry === null) return 'There are no option chains in the store.';
  return entry.partitions.some(({ key }) => key === session) ? null : `There are no option chains of ${session} in the store.`;
}

/** The chain of the session and, where there is one, that of the session before. */
interface ValuedChains {
  readonly chain: ValuedChain;
  readonly previous?: ValuedChain;
}

async function readValued(store: Store, { session, names, settings }: { readonly session: IsoDate; readonly names: readonly string[]; readonly settings: OptionsConfig }): Promise<Map<string, ValuedChains>> {
  const before = XNYS.previous(session);
  const [earlier, now] = [new Map<string, ValuedChain>(), new Map<string, ValuedChains>()];
  const days = Int32Array.of(toEpochDay(before), toEpochDay(session));
  const curves = await treasuryCurves(store, days, settings.rate);
  for await (const stored of readChains(store, { underlyings: names, start: before, end: session })) {
    const { years, rates } = curves[stored.session === days[1] ? 1 : 0];
    const valued = valueChain(cleanChain(stored), { curve: zeroCurve(years, rates) });
    if (stored.session !== days[1]) earlier.set(stored.underlying, valued);
    else now.set(stored.underlying, { chain: valued, ...(earlier.has(stored.underlying) ? { previous: earlier.get(stored.underlying)! } : {}) });
  }
  return now;
}

interface NameParts {
  readonly recent: Panel;
  readonly summaries: Panel | null;
  readonly settings: OptionsConfig;
}

function optionsOf(symbol: string, chains: ValuedChains, { recent, summaries, settings }: NameParts): NameOptions {
  const close = recent.hasSymbol(symbol) ? Float64Array.from(recent.series('close', symbol)) : new Float64Array(recent.sessions.length).fill(Number.NaN);
  const columns = summaries === null ? {} : Object.fromEntries(SUMMARY_COLUMN_NAMES.map((name) => [name, Float64Array.from(summaries.series(name, symbol))]));
  const view = new OptionsHistory({ underlying: symbol, sessions: recent.sessions, columns, close, dealers: settings.dealers }).latest(chains);
  return nameOptions({
    panel: chainPanel(chains.chain, conventionOf(settings)),
    signals: detectSignals(view).slice(0, settings.signals),
    close: close[close.length - 1],
    rank: volatilityRank(view.column('volatility30')),
  });
}

/** As the feature `iv-rank-252` has it. */
function volatilityRank(volatility: Float64Array): { readonly value: number; readonly sessions: number } {
  const window = wideningWindow(volatility);
  const known = volatility.slice(-WIDEST).filter(Number.isFinite).length;
  return { value: window === null ? Number.NaN : rankOfLast(window), sessions: known };
}
