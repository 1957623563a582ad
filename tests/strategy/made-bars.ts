import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { MarketView, type Forecast, type MarketViewParts } from '../../src/strategy/view.js';
import { Panel } from '../../src/table/panel.js';

/** Bars of one name, oldest first; what is absent equals the close. */
export interface MadeName {
  readonly close: readonly number[];
  readonly open?: readonly number[];
  readonly high?: readonly number[];
  readonly low?: readonly number[];
  readonly tradedValue?: readonly number[];
  readonly suspect?: readonly number[];
  /** Quoted prices over those that are comparable over time, of all sessions or of each. */
  readonly basis?: number | readonly number[];
  /** Of the last session. */
  readonly features?: Readonly<Record<string, number>>;
}

const FIRST = toEpochDay(isoDate('2017-01-03'));

/** A panel of made-up bars in the columns of the daily run, over sessions from 3 January 2017 on. */
export function barsOf(names: Readonly<Record<string, MadeName>>): Panel {
  const symbols = Object.keys(names);
  const width = names[symbols[0]].close.length;
  const column = (value: (name: MadeName, t: number) => number): Float64Array => Float64Array.from(symbols.flatMap((symbol) => Array.from({ length: width }, (_, t) => value(names[symbol], t))));
  const of = (which: 'open' | 'high' | 'low' | 'close') => (name: MadeName, t: number): number => name[which]?.[t] ?? name.close[t];
  const basis = ({ basis: given = 1 }: MadeName, t: number): number => (typeof given === 'number' ? given : given[t]);
  const prices = (['open', 'high', 'low', 'close'] as const).flatMap((which) => [[which, column(of(which))], [`quoted${which[0].toUpperCase()}${which.slice(1)}`, column((name, t) => of(which)(name, t) * basis(name, t))]] as [string, Float64Array][]);
  return new Panel({ symbols, sessions: XNYS.sessionDays(FIRST, FIRST + 2 * width + 10).slice(0, width), columns: { ...Object.fromEntries(prices), tradedValue: column((name, t) => name.tradedValue?.[t] ?? 1e8), suspect: column((name, t) => name.suspect?.[t] ?? 0), segment: column(() => 0) } });
}

/** Features of the last session alone. */
export function featuresOf(names: Readonly<Record<string, MadeName>>, bars: Panel): Panel {
  const named = [...new Set(Object.values(names).flatMap(({ features = {} }) => Object.keys(features)))];
  const columns = Object.fromEntries(named.map((one) => [one, Float32Array.from(Object.values(names), ({ features = {} }) => features[one] ?? Number.NaN)]));
  return new Panel({ symbols: bars.symbols, sessions: bars.sessions.slice(-1), columns });
}

/** A view of the last session of made-up bars; all with a close may be bought. */
export function sceneOf(names: Readonly<Record<string, MadeName>>, changes: Partial<Pick<MarketViewParts, 'eligible' | 'sectors' | 'today'>> & { readonly forecasts?: ReadonlyMap<string, Forecast> } = {}): MarketView {
  const bars = barsOf(names);
  const eligible = bars.symbols.filter((symbol) => bars.series('close', symbol).at(-1)! > 0);
  return new MarketView({ index: bars.sessions.length - 1, bars, features: featuresOf(names, bars), eligible, forecasts: new Map(), ...changes });
}
