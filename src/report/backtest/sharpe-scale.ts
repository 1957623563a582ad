import type { Luck } from '../../evaluation/luck/luck.js';
import { formatCount, formatNumber } from '../format.js';
import { html, trusted, type Html } from '../html.js';

/** Room beside what is drawn, as a share of it: labels stand there. */
const AIR = 0.16;

/** The Sharpe ratio in its interval on a line, against no skill and against the luckiest of all trials; `null` without a Sharpe ratio. */
export function sharpeScale({ sharpe, sharpeInterval, deflated, trials }: Luck): Html | null {
  if (sharpe === null) return null;
  const threshold = deflated === null || trials.count === 1 ? null : deflated.threshold;
  const drawn = [0, sharpe, ...(sharpeInterval ?? []), ...(threshold === null ? [] : [threshold])];
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)];
  const span = high - low || 1;
  const at = (value: number): string => `${(((value - low) / span) * (1 - 2 * AIR) + AIR) * 100}`.slice(0, 6);
  const bar = sharpeInterval === null ? null : html`<span class="reach" style="left:${at(sharpeInterval[0])}%;right:${(100 - Number(at(sharpeInterval[1]))).toFixed(2)}%"></span>${end(sharpeInterval[0], 'low')}${end(sharpeInterval[1], 'high')}`;
  const luckiest = threshold === null ? null : html`<span class="tick lucky" style="left:${at(threshold)}%"><span>${formatNumber(threshold, 2)}, the luckiest of ${formatCount(trials.count, 'trial')} without skill</span></span>`;
  return html`<div class="sharpe-scale" role="img" aria-label="${label({ sharpe, sharpeInterval, threshold })}"><div class="line">
<span class="tick none" style="left:${at(0)}%"><span>no skill 0</span></span>${luckiest}
${bar}<span class="dot" style="left:${at(sharpe)}%"><span>${formatNumber(sharpe, 2)}</span></span></div></div>`;

  function end(value: number, which: 'low' | 'high'): Html {
    return html`<span class="end ${which}" style="${trusted(which === 'low' ? 'right' : 'left')}:${which === 'low' ? (100 - Number(at(value))).toFixed(2) : at(value)}%">${formatNumber(value, 2)}</span>`;
  }
}

function label({ sharpe, sharpeInterval, threshold }: Pick<Luck, 'sharpeInterval'> & { readonly sharpe: number; readonly threshold: number | null }): string {
  const interval = sharpeInterval === null ? '' : `, 95% interval ${formatNumber(sharpeInterval[0], 2)} to ${formatNumber(sharpeInterval[1], 2)}`;
  return `Sharpe ratio ${formatNumber(sharpe, 2)}${interval}${threshold === null ? '' : `, against ${formatNumber(threshold, 2)} by luck alone`}`;
}
