import { formatCount, formatNumber, formatPercent, formatSignedPercent, MISSING } from '../format.js';
import { html, type Html } from '../html.js';
import { figure } from '../sections/header.js';
import { chanceText } from './chance-text.js';
import { isShort, leadWords } from './lead-words.js';
import { chanceOfLuck, luckHeadline } from './luck/deflated.js';
import type { BacktestReportInput } from './report-input.js';

/** What was run, what came of it, and how likely that is luck. */
export function backtestHeader(input: BacktestReportInput): Html {
  const { title, describe, experiment, luck } = input;
  return html`<header class="masthead" id="top">
<p class="eyebrow">Backtest <span aria-hidden="true">·</span> <span class="mono">${experiment}</span></p>
<h1>${title}</h1>
<p class="stands-on">${describe.charAt(0).toUpperCase()}${describe.slice(1)}</p>
<p class="summary">${leadWords(input).join(' ')} <strong>${luckHeadline(luck)}</strong></p>
${keyFigures(input)}
</header>
`;
}

function keyFigures(input: BacktestReportInput): Html {
  const { luck } = input;
  const chance = chanceOfLuck(luck);
  const open = luck.sharpeInterval === null ? (luck.sharpe === null ? 'not defined' : 'too short for an interval') : `95% ${formatNumber(luck.sharpeInterval[0], 2)} to ${formatNumber(luck.sharpeInterval[1], 2)}`;
  return html`<dl class="figures">
${earned(input)}
${figure('Sharpe ratio', luck.sharpe === null ? MISSING : formatNumber(luck.sharpe, 2), open)}
${figure('Chance of luck', chance === null ? MISSING : chanceText(chance), chance === null ? (luck.sharpe === null ? 'not defined' : 'the Sharpe ratio is not above 0') : `${formatCount(luck.trials.count, 'trial')}, 1 − deflated Sharpe`)}
${fallen(input)}
${traded(input)}
</dl>`;
}

function earned({ figures, benchmark }: BacktestReportInput): Html {
  const { performance, sessions } = figures;
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? MISSING : formatSignedPercent(value));
  if (isShort(figures)) return figure('Return', text(performance.totalReturn), `in ${formatCount(sessions, 'session')}, after costs`);
  return figure('Return a year', text(performance.annualReturn), benchmark === null ? 'after costs' : `benchmark ${text(performance.benchmark?.annualReturn)}`);
}

function fallen({ figures: { performance } }: BacktestReportInput): Html {
  const [worst] = performance.worstDrawdowns;
  const back = worst === undefined ? 'never below its high' : worst.recovery === null ? 'not made good yet' : `made good after ${formatCount(worst.length, 'session')}`;
  return figure('Deepest drawdown', performance.maxDrawdown === null ? MISSING : formatPercent(performance.maxDrawdown), back);
}

function traded({ figures: { turnover, costs } }: BacktestReportInput): Html {
  const paid = costs.annual === null ? null : `of equity a year; costs ${formatPercent(costs.annual, 2)}`;
  return figure('Bought and sold', turnover.annual === null ? MISSING : `${formatNumber(turnover.annual, 1)}×`, paid);
}
