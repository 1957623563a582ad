import type { HitRate, RecommendationDocument, TrackRecord } from '../../recommendation/recommendation.js';
import { formatCount, formatMoney, formatNumber, formatPercent, formatShortDate, formatSignedPercent, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { shareBar } from '../inline-svg.js';
import { trackRecordWords } from '../track-record-words.js';
import { figure } from './header.js';
import { nothing, plainTable, section, type Column } from './section.js';

/** How earlier evenings did, with intervals, and in words what that can bear. */
export function trackRecordPart({ trackRecord: record, intervalCoverage }: RecommendationDocument): Html {
  if (record === null) return section('record', 'Track record', null, nothing('The first evening of this book: no earlier recommendation to judge.'));
  const promised = record.forecasts.coverage ?? intervalCoverage;
  const note = `${formatCount(record.evenings, 'evening')} from ${formatShortDate(record.from)} to ${formatShortDate(record.to)}. Trades of the paper book after costs; forecasts open to open. Intervals: 95%, by blocks of sessions drawn anew, as outcomes that overlap share their luck; none before they cover 20 times their own length.`;
  const last = record.trades.last.length === 0 ? null : html`<h3>Last closed trades</h3>${tradesTable(record)}`;
  return section('record', 'Track record', note, html`<ul class="verdict">${trackRecordWords(record, promised).map((sentence) => html`<li>${sentence}</li>`)}</ul>
${figures(record)}${sharesTable(record, promised)}${last}`);
}

function figures({ trades, forecasts }: TrackRecord): Html {
  const change = (value: number | null): string => (value === null ? MISSING : formatSignedPercent(value, 2));
  const span = trades.meanInterval === null ? 'too few for an interval' : `95% ${change(trades.meanInterval[0])} to ${change(trades.meanInterval[1])}`;
  return html`<dl class="figures">
${figure('Closed trades', formatNumber(trades.closed), trades.meanSessions === null ? null : `entered on ${formatCount(trades.entrySessions, 'session')}, ${formatNumber(trades.meanSessions, 1)} sessions on average`)}
${figure('Mean return', change(trades.meanReturn), trades.meanReturn === null ? null : span)}
${figure('Profit', formatMoney(trades.profit), 'after costs, quote currency')}
${figure('Expected', change(forecasts.meanExpected), `mean of ${formatCount(forecasts.matured, 'matured forecast')} of ${formatCount(forecasts.evenings, 'evening')}`)}
${figure('Came', change(forecasts.meanOutcome), 'mean outcome of the same')}
</dl>`;
}

const SHARES: readonly Column[] = [['Share', 'text'], ['Of', 'number'], ['Rate', 'number'], ['95% interval', 'number'], ['Against', 'text'], ['From 0 to 100%', 'meters']];

function sharesTable({ trades, forecasts }: TrackRecord, promised: number): Html {
  return plainTable('Shares of successes', SHARES, [
    shareRow('Trades that gained', trades.hits, 0.5, 'one half'), shareRow('Forecasts of the right sign', forecasts.rightSign, 0.5, 'one half'),
    shareRow('Outcomes in the interval', forecasts.inInterval, promised, `${formatPercent(promised, 0)} promised`),
  ]);
}

function shareRow(title: string, { hits, of, rate, interval }: HitRate, mark: number, against: string): readonly HtmlValue[] {
  const span = interval === null ? MISSING : `${formatPercent(interval[0], 0)} to ${formatPercent(interval[1], 0)}`;
  return [title, `${formatNumber(hits)} of ${formatNumber(of)}`, rate === null ? MISSING : formatPercent(rate, 0), span, against, rate === null || interval === null ? MISSING : shareBar(rate, interval, mark)];
}

const TRADES: readonly Column[] = [['Name', 'text'], ['Entered', 'number'], ['Left', 'number'], ['Return', 'number'], ['Expected', 'number'], ['Sold for', 'wide']];

function tradesTable({ trades: { last } }: TrackRecord): Html {
  return plainTable('Last closed trades', TRADES, last.map(({ symbol, listedSymbol, entrySession, exitSession, return: gain, expected, why }) => [
    symbol === listedSymbol ? listedSymbol : html`${listedSymbol} <span class="unit">(${symbol})</span>`, formatShortDate(entrySession), formatShortDate(exitSession),
    html`<span class="${gain < 0 ? 'loss' : 'gain'}">${formatSignedPercent(gain)}</span>`, expected === null ? MISSING : formatSignedPercent(expected), why.replaceAll('-', ' '),
  ]));
}
