import { quantile } from '../../math/stats.js';
import { formatCount, formatFeature, formatNumber, formatPercent, formatShortDate, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { distributionPlot, type Mark } from './distribution-plot.js';
import { histogram } from './histogram.js';
import type { FeaturePageInput } from './feature-page-input.js';
import { historyPlot, type HistoryPlot } from './history-plot.js';
import { nothing } from '../sections/section.js';
import { legend, readerData, type ReaderRow, type SessionReader } from './session-reader.js';
import { axisTitle } from './unit-words.js';

const HISTORY_HEIGHT = 300;
const COVERAGE_HEIGHT = 170;

/** Finite values of the session, ascending. */
function present({ values }: FeaturePageInput): readonly number[] {
  return values.map(({ value }) => value).filter(Number.isFinite).sort((a, b) => a - b);
}

/** The one value of the session: that of the market, or that of all members alike; `null` where members differ, or there are none to compare. */
export function commonValue(input: FeaturePageInput): number | null {
  const sorted = present(input);
  if (sorted.length < (input.marketWide ? 1 : 2) || sorted[0] !== sorted.at(-1)) return null;
  return sorted[0];
}

/** Whether all members had one value on each session drawn: then a line tells all. */
function isOneLine(input: FeaturePageInput): boolean {
  const { marketWide, quantiles: { low, high } } = input;
  return marketWide === true || (commonValue(input) !== null && low.every((value, i) => value === high[i] || Number.isNaN(value)));
}

/** Key numbers of the session. */
export function figures(input: FeaturePageInput): Html {
  const { values, asOf } = input;
  const counted = figure('Members with a value', formatNumber(present(input).length), `of ${formatNumber(values.length)} on ${formatShortDate(asOf)}`);
  return html`<dl class="figures">
${input.marketWide ? marketFigures(input) : null}${counted}
${input.marketWide ? null : memberFigures(input)}
</dl>`;
}

function marketFigures(input: FeaturePageInput): Html {
  const { card: { unit }, asOf, quantiles: { median } } = input;
  const value = figure('Value', formatFeature(commonValue(input) ?? Number.NaN, unit), `${unit}, ${formatShortDate(asOf)}`);
  const course = median.filter(Number.isFinite).sort();
  const over = formatCount(course.length, 'session');
  if (course.length === 0) return value;
  if (unit === 'flag') return html`${value}${figure('Sessions with yes', formatNumber(course.filter((one) => one === 1).length), `of ${over}`)}`;
  return html`${value}${figure('Range', html`${formatFeature(course[0], unit)} <span class="to">to</span> ${formatFeature(course[course.length - 1], unit)}`, `of ${over}`)}`;
}

function memberFigures(input: FeaturePageInput): Html {
  const { card: { unit }, values, series } = input;
  const sorted = present(input);
  const common = commonValue(input);
  if (common !== null) return figure('Value', formatFeature(common, unit), `${unit}, the same for all`);
  const at = (q: number): string => (sorted.length > 0 ? formatFeature(quantile(sorted, q), unit) : MISSING);
  const own = series === null ? null : (values.find(({ symbol }) => symbol === series.symbol)?.value ?? Number.NaN);
  if (input.yes) {
    const count = sorted.filter((one) => one === 1).length;
    return html`${figure('With yes', formatNumber(count), `${formatPercent(count / Math.max(1, sorted.length))} of those with a value`)}${series === null ? null : figure(series.symbol, formatFeature(own, unit), formatShortDate(input.asOf))}`;
  }
  return html`${figure('Median', at(0.5), unit)}${figure('From 10 to 90 %', html`${at(0.1)} <span class="to">to</span> ${at(0.9)}`, 'of the members')}
${series === null ? figure('Range', html`${at(0)} <span class="to">to</span> ${at(1)}`, 'lowest to highest') : figure(series.symbol, formatFeature(own, unit), own !== null && Number.isFinite(own) ? `above ${formatPercent(shareBelow(own, sorted), 0)} of the members` : 'not available')}`;
}

/** Equals count half. */
function shareBelow(value: number, sorted: readonly number[]): number {
  const [below, equal] = [sorted.filter((one) => one < value).length, sorted.filter((one) => one === value).length];
  return (below + equal / 2) / Math.max(1, sorted.length);
}

function figure(title: string, value: HtmlValue, note: string): Html {
  return html`<div><dt>${title}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>
`;
}

/** Histogram across the members, a line where all have the same value; `null` when none has a value. */
export function distributionPart(input: FeaturePageInput): Html | null {
  const common = commonValue(input);
  if (common !== null) return nothing(`Every member with a value has the same: ${formatFeature(common, input.card.unit)}.`);
  const { card: { unit }, values, marked = input.series ? [input.series.symbol] : [] } = input;
  const sorted = present(input);
  if (sorted.length === 0) return null;
  const known = new Map(values.map(({ symbol, value }) => [symbol, value]));
  const marks = marked.flatMap((symbol): Mark[] => (Number.isFinite(known.get(symbol)) ? [{ symbol, value: known.get(symbol)! }] : []));
  const lacking = marked.filter((symbol) => !Number.isFinite(known.get(symbol)));
  const { beyond } = histogram(sorted);
  const notes = [
    ...(sorted.length < values.length ? [`${formatCount(values.length - sorted.length, 'member')} without a value.`] : []),
    ...(beyond > 0 ? [`The outermost bars also count ${formatCount(beyond, 'value')} beyond the axis, which runs from ${formatFeature(sorted[0], unit)} to ${formatFeature(sorted.at(-1)!, unit)} in full.`] : []),
    ...(lacking.length > 0 ? [`Not available: ${lacking.join(', ')}.`] : []),
  ];
  return html`<figure class="plot-frame"><p class="axis-title">members by ${axisTitle(unit)}</p>
${distributionPlot({ sorted, marks, unit })}${notes.length > 0 ? html`<figcaption>${notes.join(' ')}</figcaption>` : null}</figure>`;
}

/** Median, band and one symbol's line, or one line where there is one value a session; `null` when there is no value on any session. */
export function historyPart(input: FeaturePageInput): Html | null {
  const { card: { name, unit }, sessions } = input;
  const { shown, lines, title = axisTitle(unit), ...more } = history(input);
  const label = `${name} from ${sessions[0] ?? 'no session'} to ${sessions.at(-1) ?? 'no session'}: ${shown}.`;
  const plot = historyPlot({ label, sessions, unit, height: HISTORY_HEIGHT, steps: unit === 'flag', lines, ...more });
  return plot && html`<figure class="plot-frame" data-reader="history" tabindex="0" aria-label="${name} over time; arrow keys move through the sessions">${legend(historyReader(input))}<p class="axis-title">${title}</p>
${plot}</figure>`;
}

interface History extends Pick<HistoryPlot, 'lines'>, Partial<Pick<HistoryPlot, 'unit' | 'band' | 'area' | 'range'>> {
  /** In words. */
  readonly shown: string;
  /** Of the axis, where it is not the unit. */
  readonly title?: string;
}

/** What is drawn over time: one line where there is one value a session, the share with yes of flags, else median and band of the members. */
function history(input: FeaturePageInput): History {
  const { quantiles: { low, median, high }, series, yes } = input;
  const own = series ? [{ kind: 'one' as const, values: series.values }] : [];
  const also = series ? `, and ${series.symbol}` : '';
  if (isOneLine(input)) return { shown: 'one value a session', lines: [{ kind: 'one', values: median }] };
  if (yes) return { shown: `share of the members with yes${also}`, unit: 'fraction', title: `share of the members with yes, %${series ? `; ${series.symbol} is at 100% where it has yes` : ''}`, range: [0, 1], area: yes, lines: own };
  return { shown: `median and 10 to 90 % of the members${also}`, band: { low, high }, lines: [{ kind: 'median', values: median }, ...own] };
}

/** What the plot over sessions shows; `null` without sessions. */
export function historyNote(input: FeaturePageInput): string | null {
  const { sessions, series } = input;
  if (sessions.length === 0) return null;
  const members = input.yes ? 'Share of the members with yes' : 'Median and 10–90 % of the members';
  const what = isOneLine(input) ? 'One value a session' : `${members}${series ? ` and ${series.symbol}` : ''}`;
  return `${what}, ${formatShortDate(sessions[0])} to ${formatShortDate(sessions.at(-1)!)}.`;
}

/** Share of members with a value; `null` without sessions. */
export function coveragePart(input: FeaturePageInput): Html | null {
  const { card: { name }, sessions, coverage } = input;
  const zero = new Float64Array(coverage.length);
  const plot = historyPlot({ label: `Share of the members with a value of ${name}, ${formatPercent(coverage.at(-1) ?? Number.NaN)} on the last session.`, sessions, unit: 'fraction', height: COVERAGE_HEIGHT, band: { low: zero, high: coverage }, lines: [{ kind: 'share', values: coverage }], range: [0, 1] });
  if (!coverage.some(Number.isFinite)) return null;
  return plot && html`<figure class="plot-frame" data-reader="coverage" tabindex="0" aria-label="Coverage over time; arrow keys move through the sessions">${legend(coverageReader(input))}
${plot}</figure>`;
}

/** What the script tells of each plot over sessions that is drawn. */
export function readers(input: FeaturePageInput): unknown {
  if (input.sessions.length === 0) return {};
  return { history: readerData(historyReader(input)), coverage: readerData(coverageReader(input)) };
}

function historyReader(input: FeaturePageInput): SessionReader {
  const { card: { unit }, sessions, quantiles: { low, median, high }, series, yes } = input;
  const texts = (values: Float64Array): string[] => Array.from(values, (value) => formatFeature(value, unit));
  if (isOneLine(input)) return { sessions, rows: [{ kind: 'one', title: 'Value', texts: texts(median) }] };
  const own = series ? [{ kind: 'one' as const, title: series.symbol, texts: texts(series.values) }] : [];
  if (yes) return { sessions, rows: [...own, { kind: 'band', title: 'Members with yes', texts: Array.from(yes, (share) => formatPercent(share)) }] };
  const [lows, highs] = [texts(low), texts(high)];
  const rows: readonly ReaderRow[] = [
    ...own,
    { kind: 'median', title: 'Median', texts: texts(median) },
    { kind: 'band', title: '10–90 %', texts: lows.map((text, i) => (text === MISSING ? MISSING : `${text} to ${highs[i]}`)) },
  ];
  return { sessions, rows };
}

function coverageReader({ sessions, coverage }: FeaturePageInput): SessionReader {
  return { sessions, rows: [{ kind: 'share', title: 'With a value', texts: Array.from(coverage, (share) => formatPercent(share)) }] };
}
