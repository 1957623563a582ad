import { quantile } from '../../math/stats.js';
import { formatCount, formatFeature, formatNumber, formatPercent, formatShortDate, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { distributionPlot, type Mark } from './distribution-plot.js';
import { histogram } from './histogram.js';
import type { FeaturePageInput } from './feature-page-input.js';
import { historyPlot } from './history-plot.js';
import { legend, readerData, type ReaderRow, type SessionReader } from './session-reader.js';
import { axisTitle } from './unit-words.js';

const HISTORY_HEIGHT = 300;
const COVERAGE_HEIGHT = 170;

/** Finite values of the session, ascending. */
function present({ values }: FeaturePageInput): readonly number[] {
  return values.map(({ value }) => value).filter(Number.isFinite).sort((a, b) => a - b);
}

/** Key numbers of the session. */
export function figures(input: FeaturePageInput): Html {
  const { card: { unit }, values, series, asOf } = input;
  const sorted = present(input);
  const at = (q: number): string => (sorted.length > 0 ? formatFeature(quantile(sorted, q), unit) : MISSING);
  const own = series === null ? null : (values.find(({ symbol }) => symbol === series.symbol)?.value ?? Number.NaN);
  return html`<dl class="figures">
${figure('Members with a value', formatNumber(sorted.length), `of ${formatNumber(values.length)} on ${formatShortDate(asOf)}`)}
${figure('Median', at(0.5), unit)}${figure('From 10 to 90 %', html`${at(0.1)} <span class="to">to</span> ${at(0.9)}`, 'of the members')}
${series === null ? figure('Range', html`${at(0)} <span class="to">to</span> ${at(1)}`, 'lowest to highest') : figure(series.symbol, formatFeature(own, unit), own !== null && Number.isFinite(own) ? `above ${formatPercent(shareBelow(own, sorted), 0)} of the members` : 'not available')}
</dl>`;
}

function shareBelow(value: number, sorted: readonly number[]): number {
  return sorted.filter((one) => one < value).length / Math.max(1, sorted.length);
}

function figure(title: string, value: HtmlValue, note: string): Html {
  return html`<div><dt>${title}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>
`;
}

/** Histogram across the members; `null` when none has a value. */
export function distributionPart(input: FeaturePageInput): Html | null {
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

/** Median, band and one symbol's line; `null` when there is no value on any session. */
export function historyPart(input: FeaturePageInput): Html | null {
  const { card: { name, unit }, sessions, quantiles: { low, median, high }, series } = input;
  const label = `${name} from ${sessions[0] ?? 'no session'} to ${sessions.at(-1) ?? 'no session'}: median and 10 to 90 % of the members${series ? `, and ${series.symbol}` : ''}.`;
  const plot = historyPlot({ label, sessions, unit, height: HISTORY_HEIGHT, band: { low, high }, lines: [{ kind: 'median', values: median }, ...(series ? [{ kind: 'one' as const, values: series.values }] : [])] });
  return plot && html`<figure class="plot-frame" data-reader="history" tabindex="0" aria-label="${name} over time; arrow keys move through the sessions">${legend(historyReader(input))}<p class="axis-title">${axisTitle(unit)}</p>
${plot}</figure>`;
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

function historyReader({ card: { unit }, sessions, quantiles: { low, median, high }, series }: FeaturePageInput): SessionReader {
  const texts = (values: Float64Array): string[] => Array.from(values, (value) => formatFeature(value, unit));
  const [lows, highs] = [texts(low), texts(high)];
  const rows: readonly ReaderRow[] = [
    ...(series ? [{ kind: 'one' as const, title: series.symbol, texts: texts(series.values) }] : []),
    { kind: 'median', title: 'Median', texts: texts(median) },
    { kind: 'band', title: '10–90 %', texts: lows.map((text, i) => (text === MISSING ? MISSING : `${text} to ${highs[i]}`)) },
  ];
  return { sessions, rows };
}

function coverageReader({ sessions, coverage }: FeaturePageInput): SessionReader {
  return { sessions, rows: [{ kind: 'share', title: 'With a value', texts: Array.from(coverage, (share) => formatPercent(share)) }] };
}
