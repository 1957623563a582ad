import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { anchor } from '../escape.js';
import { formatNumber, formatPercent, formatPrice, formatSignedPercent, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { rangeBar, rangeScale, sparkline, type RangeScale } from '../inline-svg.js';
import { ACTION_ORDER, type PositionView } from '../position-view.js';
import { actionBadge, renamed } from './badge.js';
import { columnHead, nothing, section } from './section.js';

/** Sessions in the small line beside each name: a quarter. */
const SPARK_SESSIONS = 63;

/** What a row needs beside its own view: scales shared by all rows. */
interface TableScales {
  readonly range: RangeScale;
  readonly maxWeight: number;
}

/** The table of recommendations; rows become small cards on a narrow screen. */
export function actionsTable({ actOn, intervalCoverage }: RecommendationDocument, views: readonly PositionView[]): Html {
  const note = `Stop and target: distance from the last close. Expected: simple return over the horizon, open to open, with its ${formatPercent(intervalCoverage, 0)} interval.`;
  if (views.length === 0) return section('actions', 'Actions', null, nothing('No recommendations for this session. What was looked at and why it was left out stands below.'));
  const scales = { range: rangeScale(views.map((view) => view.recommendation.interval)), maxWeight: Math.max(...views.map((view) => view.recommendation.weight)) };
  const bodies = ACTION_ORDER.map((action) => views.filter((view) => view.recommendation.action === action)).filter((group) => group.length > 0);
  return section('actions', 'Actions', note, html`<div class="sheet"><table class="actions" role="table"><caption class="hidden">Recommendations for ${actOn}</caption>
<thead role="rowgroup"><tr role="row">${HEADS}</tr></thead>
${bodies.map((group) => html`<tbody role="rowgroup">${group.map((view) => row(view, scales))}</tbody>
`)}</table></div>`);
}

const HEADS = [
  columnHead('Name'), columnHead('Action'), columnHead('Close', 'number'), columnHead('Entry', 'number'), columnHead('Stop', 'number'), columnHead('Target', 'number'),
  columnHead('Weight', 'number'), columnHead('Horizon', 'number'), columnHead('Expected'), columnHead('First reason'),
];

function row(view: PositionView, scales: TableScales): Html {
  const { recommendation: one, close } = view;
  const leaving = one.action === 'exit';
  const spark = view.bars ? sparkline(view.bars.close.slice(-SPARK_SESSIONS)) : null;
  const entryNote = one.action === 'enter' ? 'at the open' : sincePaid(view);
  return html`<tr role="row">
<th scope="row" role="rowheader" class="who"><a href="#${anchor('name', one.symbol)}">${one.listedSymbol}</a>${renamed(one)}<span class="company">${one.name ?? ''}</span><span class="sector">${one.sector ?? 'Sector unknown'}</span></th>
${cell('action', 'Action', actionBadge(one.action))}
${cell('close number', 'Close', html`<span class="first">${close === null ? MISSING : formatPrice(close)}</span>${spark}`)}
${cell('number', one.action === 'enter' ? 'Entry' : 'Paid', two(formatPrice(one.entry), entryNote))}
${cell('number', 'Stop', leaving ? MISSING : two(formatPrice(one.stop), formatSignedPercent(view.stopDistance)))}
${cell('number', 'Target', leaving ? MISSING : two(formatPrice(one.target), formatSignedPercent(view.targetDistance)))}
${cell('number weight', 'Weight', two(formatPercent(one.weight), html`${formatNumber(one.shares)} sh`, leaving ? null : weightBar(one.weight, scales.maxWeight)))}
${cell('number horizon', 'Horizon', leaving ? MISSING : html`${one.horizon}<span class="unit"> sessions</span>`)}
${cell('expected', 'Expected', expected(view, scales.range))}
${cell('why', 'First reason', one.reasons[0]?.text ?? MISSING)}
</tr>
`;
}

function cell(classes: string, label: string, content: HtmlValue): Html {
  return html`<td role="cell" class="${classes}${content === MISSING ? ' absent' : ''}" data-label="${label}">${content}</td>`;
}

function two(first: HtmlValue, second: HtmlValue, third: HtmlValue = null): Html {
  return html`<span class="first">${first}</span><span class="second">${second}</span>${third}`;
}

function sincePaid({ sincePaid: change }: PositionView): HtmlValue {
  if (change === null) return 'paid';
  return html`<span class="${change < 0 ? 'loss' : 'gain'}">${formatSignedPercent(change)}</span> since`;
}

function weightBar(weight: number, largest: number): Html {
  const share = largest > 0 ? Math.round((weight / largest) * 1000) / 10 : 0;
  return html`<span class="meter" aria-hidden="true"><span style="width:${share}%"></span></span>`;
}

function expected({ recommendation: { action, expectedReturn, interval } }: PositionView, scale: RangeScale): HtmlValue {
  if (expectedReturn === null) return action === 'exit' ? MISSING : html`<span class="unknown">not enough history</span>`;
  const ends = interval ? html`${formatSignedPercent(interval[0])} <span aria-hidden="true">…</span><span class="hidden">to</span> ${formatSignedPercent(interval[1])}` : 'no interval';
  return two(formatSignedPercent(expectedReturn), ends, interval ? rangeBar(expectedReturn, interval, scale) : null);
}
