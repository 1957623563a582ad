import type { IsoDate } from '../core/dates.js';
import type { TrackRecord } from '../recommendation/recommendation.js';
import { EQUITY_CHART, equityFigure } from './equity-figure.js';
import { recommendationFigure } from './figure.js';
import { optionLevels } from './option-levels.js';
import { CSS_REFERENCES } from './palette.js';
import type { PositionView } from './position-view.js';
import { lastBars } from './price-series.js';
import { EQUITY_HEIGHT } from './style/book.js';
import { CHART_HEIGHT, NARROW_HEIGHT } from './style/cards.js';

/** Sessions drawn on a phone, where half a year of candles would be hairlines. */
export const NARROW_SESSIONS = 63;

type Entries = Readonly<Record<string, unknown>>;

/** Charts as they stand in the page: what they have in common is written once. */
export interface PageCharts {
  /** Lists of sessions that charts refer to; nearly always one. */
  readonly sessions: readonly (readonly IsoDate[])[];
  /** Layout entries that are the same in every chart. */
  readonly layout: Entries;
  /** By the name of the trace, entries that are the same in every chart that has it. */
  readonly traces: Readonly<Record<string, Entries>>;
  readonly charts: Readonly<Record<string, PageChart>>;
}

export interface PageChart {
  /** Position in `sessions` of the `x` of those traces that have none. */
  readonly sessions: number;
  readonly data: readonly Entries[];
  readonly wide: Entries;
  /** Of the last `NARROW_SESSIONS` sessions; the page script cuts the traces to match. */
  readonly narrow: Entries;
}

/** The charts of all names that have bars, by symbol, and the equity of the book; colours refer to the page's custom properties. */
export function pageCharts(views: readonly PositionView[], equity: TrackRecord['equity'] = []): PageCharts {
  const figures = views.flatMap(({ recommendation, bars, options }) => (bars === null ? [] : [{
    symbol: recommendation.symbol, bars,
    wide: recommendationFigure({ recommendation, bars, levels: optionLevels(options), height: CHART_HEIGHT, palette: CSS_REFERENCES }),
    narrow: recommendationFigure({ recommendation, bars: lastBars(bars, NARROW_SESSIONS), levels: optionLevels(options), height: NARROW_HEIGHT, palette: CSS_REFERENCES }),
  }]));
  const lists = new Map(figures.map(({ bars }) => [bars.sessions.join(), bars.sessions]));
  const keys = [...lists.keys()];
  const layout = sharedEntries(figures.flatMap(({ wide, narrow }) => [wide.layout, narrow.layout]));
  const dataOf = ({ bars, wide }: (typeof figures)[number]): readonly Entries[] => wide.data.map(({ x, ...trace }) => (x === bars.sessions ? trace : { ...trace, x }));
  const traces = sharedByName(figures.flatMap(dataOf));
  const charts = figures.map((figure) => [figure.symbol, {
    sessions: keys.indexOf(figure.bars.sessions.join()),
    data: dataOf(figure).map((trace) => ({ name: trace['name'], ...without(trace, traces[String(trace['name'])]) })),
    wide: without(figure.wide.layout, layout), narrow: without(figure.narrow.layout, layout),
  }] as const);
  return { sessions: [...lists.values()], layout, traces, charts: { ...Object.fromEntries(charts), ...equityChart(equity) } };
}

/** Complete in itself: it shares nothing with the charts of names, whose common entries it overrules. */
function equityChart(equity: TrackRecord['equity']): Record<string, PageChart> {
  const figure = equityFigure(equity, EQUITY_HEIGHT, CSS_REFERENCES);
  return figure === null ? {} : { [EQUITY_CHART]: { sessions: 0, data: figure.data, wide: figure.layout, narrow: figure.layout } };
}

function sharedByName(traces: readonly Entries[]): Record<string, Entries> {
  const names = [...new Set(traces.map((trace) => String(trace['name'])))];
  return Object.fromEntries(names.map((name) => [name, sharedEntries(traces.filter((trace) => trace['name'] === name))]));
}

function sharedEntries(all: readonly Entries[]): Entries {
  const same = (key: string, text: string): boolean => all.every((one) => JSON.stringify(one[key]) === text);
  return Object.fromEntries(Object.entries(all[0] ?? {}).filter(([key, value]) => same(key, JSON.stringify(value))));
}

function without(entries: Entries, shared: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !(key in shared)));
}
