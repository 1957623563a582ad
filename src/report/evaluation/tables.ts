import type { ScoreEvaluation, SeriesSummary } from '../../evaluation/score-evaluation.js';
import { formatCount, formatNumber, formatPercent, formatSignedPercent, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, plainTable, type Column } from '../sections/section.js';

const SUMMARY_COLUMNS: readonly Column[] = [['Mean', 'number'], ['95% interval', 'number'], ['Newey–West t', 'number'], ['Standard deviation', 'number'], ['Mean ÷ deviation', 'number'], ['Positive', 'number'], ['Sessions', 'number']];

/** Figures of the whole span, one row each. */
export function figuresTable({ ic, rankIc, quantiles, horizon }: ScoreEvaluation): Html {
  const over = formatCount(horizon, 'session');
  return plainTable('Figures over all sessions', [['Figure', 'text'], ...SUMMARY_COLUMNS], [
    ['Rank IC (Spearman)', ...summaryCells(rankIc, number)], ['IC (Pearson)', ...summaryCells(ic, number)],
    [`Top less bottom return, ${over}`, ...summaryCells(quantiles.spread.return, percent)], ['Top less bottom label', ...summaryCells(quantiles.spread.label, number)],
  ]);
}

/** Figures by calendar year. */
export function yearTable({ byYear }: ScoreEvaluation): Html {
  if (byYear.length === 0) return nothing('No sessions to tell apart.');
  return plainTable('Figures by calendar year', [['Year', 'text'], ['Rank IC', 'number'], ['95% interval', 'number'], ['Newey–West t', 'number'], ['IC', 'number'], ['Top less bottom return', 'number'], ['Sessions', 'number']],
    byYear.map(({ year, rankIc, ic, spread }): readonly HtmlValue[] => [String(year), number(rankIc.mean), interval(rankIc, number), tValue(rankIc), number(ic.mean), percent(spread.mean), formatNumber(rankIc.sessions)]));
}

/** Rank IC by sessions held. */
export function decayTable({ decay }: ScoreEvaluation): Html | null {
  if (decay.length === 0) return null;
  return plainTable('Rank IC by sessions held', [['Held', 'text'], ...SUMMARY_COLUMNS], decay.map(({ horizon, rankIc }) => [formatCount(horizon, 'session'), ...summaryCells(rankIc, number)]));
}

/** Means by quantile of scores, and what the steps between them say. */
export function quantileTable({ quantiles, horizon }: ScoreEvaluation): Html {
  const { means, monotonicity, count } = quantiles;
  const { rankCorrelation, positiveSpread, pValue } = monotonicity;
  const steps = rankCorrelation === null ? null : html`<p class="remark">Quantile and mean return: Spearman ${formatNumber(rankCorrelation, 2)}. Top above bottom on ${share(positiveSpread)} of sessions.${pValue === null ? '' : ` Were returns flat or falling somewhere, steps this large would come up with chance ${pValue < 0.001 ? 'below 0.001' : formatNumber(pValue, 3)} (Patton and Timmermann, 2010).`}</p>`;
  return html`${plainTable('Means by quantile of scores', [['Quantile', 'text'], [`Return over ${formatCount(horizon, 'session')}`, 'number'], ['Label', 'number'], ['Names', 'number']],
    means.map((one): readonly HtmlValue[] => [`${one.quantile}${one.quantile === 1 ? ' (lowest)' : one.quantile === count ? ' (highest)' : ''}`, percent(one.return), number(one.label), one.names === null ? MISSING : formatNumber(one.names, 1)]))}${steps}`;
}

/** Rank IC within sectors. */
export function sectorTable({ bySector }: ScoreEvaluation): Html {
  if (bySector === null || bySector.length === 0) return nothing('No sectors are known, or none had names enough.');
  return plainTable('Rank IC within sectors', [['Sector', 'text'], ['Names', 'number'], ...SUMMARY_COLUMNS], bySector.map(({ sector, names, rankIc }) => [sector, formatNumber(names, 1), ...summaryCells(rankIc, number)]));
}

/** How much scores change. */
export function changeTable({ change }: ScoreEvaluation): Html {
  return plainTable('How much scores change', [['After', 'text'], ['Top quantile replaced', 'number'], ['Rank autocorrelation', 'number']],
    change.map(({ lag, turnover, rankAutocorrelation }): readonly HtmlValue[] => [formatCount(lag, 'session'), share(turnover), rankAutocorrelation === null ? MISSING : formatNumber(rankAutocorrelation, 3)]));
}

/** Whether returns lay where they were expected. */
export function coverageTable({ coverage }: ScoreEvaluation): Html | null {
  if (coverage === null) return null;
  const { nominal, within, below, above, width, samples } = coverage;
  const ends = coverage.interval === null ? MISSING : `${share(coverage.interval[0])} to ${share(coverage.interval[1])}`;
  return plainTable('Raw returns within their intervals', [['Promised', 'text'], ['Within', 'number'], ['95% interval', 'number'], ['Below', 'number'], ['Above', 'number'], ['Mean width', 'number'], ['Returns', 'number']],
    [[nominal === null ? 'not said' : formatPercent(nominal, 0), share(within), ends, share(below), share(above), width === null ? MISSING : formatPercent(width, 1), formatNumber(samples)]]);
}

function summaryCells(summary: SeriesSummary, text: (value: number | null) => string): readonly HtmlValue[] {
  return [text(summary.mean), interval(summary, text), tValue(summary), text(summary.standardDeviation).replace(/^\+/, ''), summary.icir === null ? MISSING : formatNumber(summary.icir, 3), share(summary.positive), formatNumber(summary.sessions)];
}

function interval({ interval: ends }: SeriesSummary, text: (value: number | null) => string): string {
  return ends === null ? MISSING : `${text(ends[0])} to ${text(ends[1])}`;
}

function tValue({ t }: SeriesSummary): string {
  return t === null ? MISSING : formatNumber(t, 2);
}

function number(value: number | null): string {
  return value === null ? MISSING : formatNumber(value, 4);
}

function percent(value: number | null): string {
  return value === null ? MISSING : formatSignedPercent(value, 3);
}

function share(value: number | null): string {
  return value === null ? MISSING : formatPercent(value, 1);
}
