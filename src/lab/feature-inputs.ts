import type { Config } from '../config/schema.js';
import { fromEpochDay, isoDate } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import { readCheckedBars } from '../data/checked-bars.js';
import { membershipTable } from '../data/market.js';
import { readEarnings } from '../data/point-in-time/read-earnings.js';
import { readFundamentals } from '../data/point-in-time/read-fundamentals.js';
import type { EarningsHistory } from '../data/point-in-time/earnings-history.js';
import { readMacro } from '../data/point-in-time/read-macro.js';
import type { OptionsConfig } from '../options/config.js';
import type { SummaryColumn } from '../options/summary/columns.js';
import { readSectors } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import type { Universe } from '../data/universe.js';
import type { QualityPolicies } from '../data/quality/inspect.js';
import type { FeatureInputs } from '../features/compute/feature-inputs.js';
import { MarketInputs } from '../features/compute/market-inputs.js';
import type { Feature, FeatureInput } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import type { Panel } from '../table/panel.js';
import type { Vintages } from '../table/vintages.js';
import { readSummaries } from './options/read-summaries.js';

export interface FeatureInputsRequest {
  /** Checked bars; nothing after their last session is read. */
  readonly bars: Panel;
  readonly universe: Universe;
  /** What is to be computed: only what it reads is read. */
  readonly features: readonly Feature[];
  /** `members`, or an instrument of the store. */
  readonly benchmark: string;
  /** Policies of the quality rules, as for the bars. */
  readonly policies: QualityPolicies;
  /** Whether and how option chains are read; `null`: not. */
  readonly options: OptionsConfig | null;
}

/** What of a configuration decides how features are computed. */
export type InputSettings = Pick<FeatureInputsRequest, 'benchmark' | 'policies' | 'options'>;

export function inputSettings({ features, data, options }: Pick<Config, 'features' | 'data' | 'options'>): InputSettings {
  return { benchmark: features.benchmark, policies: data.quality, options };
}

/**
 * What features are computed from, as known at the decision time of the bars' last session. Datasets that the store does not hold stay absent.
 * @throws ConfigError when the benchmark has no bars
 */
export async function readFeatureInputs(store: Store, { bars: given, universe, features, benchmark, policies, options }: FeatureInputsRequest): Promise<FeatureInputs> {
  const bars = await withQuotedMoney(store, given);
  const member = membershipTable(bars, universe);
  if (bars.last === null) return { bars, member };
  const through = isoDate(bars.last);
  const needs = neededInputs(features);
  const named = (kind: string): string[] => needs.flatMap((input) => (input.startsWith(`${kind}:`) ? [input.slice(kind.length + 1)] : []));
  const sectors = await readSectors(store);
  const summaries = options === null ? null : await readSummaries(store, { symbols: bars.symbols, sessions: bars.sessions, columns: named('options') as SummaryColumn[], settings: options });
  return {
    bars,
    member,
    sectors,
    ...(summaries === null ? {} : { options: summaries }),
    ...(benchmark === 'members' ? {} : { benchmarkReturn: await benchmarkReturns(store, { symbol: benchmark, bars, policies }) }),
    ...(named('macro').length > 0 ? { macro: await readMacro(store, named('macro'), through) } : {}),
    ...(named('fundamentals').length > 0 ? { fundamentals: await readFundamentals(store, bars.symbols, through) } : {}),
    ...(named('earnings').length > 0 ? { earnings: byField(await readEarnings(store, bars.symbols, through)) } : {}),
  };
}

/** Prices of a total-return source carry dividends that were paid later: what was traded in money is not known from them. */
async function withQuotedMoney(store: Store, bars: Panel): Promise<Panel> {
  if ((await store.entry('bars'))?.priceBasis !== 'total-return') return bars;
  return bars.with({ tradedValue: new Float64Array(bars.symbols.length * bars.sessions.length).fill(Number.NaN) });
}

/** Features name a field of the reports as `earnings:epsActual`. */
function byField(histories: ReadonlyMap<string, EarningsHistory>): Map<string, ReadonlyMap<string, Vintages>> {
  return new Map([...histories].map(([symbol, history]) => [symbol, new Map(Object.entries(history) as [string, Vintages][])]));
}

function neededInputs(features: readonly Feature[]): FeatureInput[] {
  const bases = features.flatMap((feature) => (feature.kind === 'cross-section' ? FEATURES.filter(({ name }) => name === feature.of) : []));
  return [...new Set([...features, ...bases].flatMap(({ inputs }) => inputs))];
}

/** Simple total returns of the benchmark on the sessions of the bars; NaN where a bar is missing or suspect, or the series breaks. */
async function benchmarkReturns(store: Store, { symbol, bars, policies }: { readonly symbol: string; readonly bars: Panel; readonly policies: QualityPolicies }): Promise<Float64Array> {
  const span = { start: fromEpochDay(bars.sessions[0]), end: fromEpochDay(bars.sessions[bars.sessions.length - 1]) };
  const own = (await readCheckedBars(store, { symbols: [symbol], allowMissing: true, ...span }, policies)).bars;
  if (!own.hasSymbol(symbol)) throw new ConfigError(`expected features.benchmark to be "members" or an instrument with bars in the store, found "${symbol}"`, { code: 'NO_BENCHMARK', fields: { symbol } });
  const [market, close] = [new MarketInputs({ bars: own }), own.column('close')];
  return Float64Array.from(bars.sessions, (day) => {
    const t = own.indexOf(fromEpochDay(day));
    return t > 0 && market.isComparable(0, t) ? close[t] / close[t - 1] - 1 : Number.NaN;
  });
}
