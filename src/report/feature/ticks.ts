import type { IsoDate } from '../../core/dates.js';
import { formatNumber, formatShortMoney, monthName } from '../format.js';
import { PERCENT_UNITS } from './unit-words.js';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `width`. */
export function niceStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= width * (1 - 1e-9)) ?? 10) * power;
}

/** Round values from `low` to `high`, at most about `count` of them. */
export function niceValues(low: number, high: number, count: number): readonly number[] {
  if (!(high > low)) return [low];
  const step = niceStep((high - low) / Math.max(1, count));
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(high / step + 1e-9) - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Ticks of a feature's axis: percent for fractions, amounts for the log of money, yes and no for flags. */
export function unitTicks(unit: string, [low, high]: readonly [number, number], count: number): readonly Tick[] {
  if (unit === 'flag' && low <= 0 && high >= 1) return [{ value: 0, label: 'no' }, { value: 1, label: 'yes' }];
  if (unit === 'log money') return moneyTicks([low, high], count);
  const factor = PERCENT_UNITS.has(unit) ? 100 : 1;
  const values = niceValues(low, high, count);
  const step = values.length > 1 ? (values[1] - values[0]) * factor : Math.abs(values[0] * factor) || 1;
  return values.map((value) => ({ value, label: tickLabel(value * factor, step) + (factor === 100 ? '%' : '') }));
}

/** As many decimals as the step needs; an exponent where that would be more than six. */
function tickLabel(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (decimals > 6) return value === 0 ? '0' : value.toExponential(1).replaceAll('-', '\u2212');
  const exact = Math.abs(Number(step.toFixed(decimals)) - step) < step * 1e-6 ? decimals : decimals + 1;
  return formatNumber(value, exact);
}

/** Powers of ten, with twos and fives where there is room; values are logs. */
function moneyTicks([low, high]: readonly [number, number], count: number): readonly Tick[] {
  const decades = Array.from({ length: 40 }, (_, i) => i - 12);
  for (const factors of [[1, 2, 5], [1, 3], [1]]) {
    const amounts = decades.flatMap((decade) => factors.map((factor) => factor * 10 ** decade)).filter((amount) => Math.log(amount) >= low && Math.log(amount) <= high);
    if (amounts.length >= 2 && amounts.length <= count + 1) return amounts.map((amount) => ({ value: Math.log(amount), label: shortened(formatShortMoney(amount)) }));
  }
  return niceValues(low, high, count).map((value) => ({ value, label: shortened(formatShortMoney(Math.exp(value))) }));
}

/** `100 m` of `100.0 m`: zeros after the point say nothing at a round amount. */
function shortened(text: string): string {
  return text.replace(/\.0+(?=$| )/, '').replace(/(\.\d)0(?=$| )/, '$1');
}

/** Positions of the first sessions of months, at most about `count`, with their names; days where there are few sessions. */
export function sessionTicks(sessions: readonly IsoDate[], count: number): readonly Tick[] {
  const months = sessions.map((session) => Number(session.slice(0, 4)) * 12 + Number(session.slice(5, 7)) - 1);
  const starts = months.flatMap((month, i) => (i > 0 && month !== months[i - 1] ? [i] : []));
  if (starts.length < 2) return dayTicks(sessions, count);
  for (const every of [1, 2, 3, 6, 12, 24, 60, 120]) {
    const chosen = starts.filter((i) => months[i] % every === 0);
    if (chosen.length > count) continue;
    return chosen.map((i, k) => ({ value: i, label: every >= 12 ? sessions[i].slice(0, 4) : monthLabel(sessions[i], k === 0) }));
  }
  return [];
}

function monthLabel(session: IsoDate, first: boolean): string {
  return first || session.slice(5, 7) === '01' ? `${monthName(session)} ${session.slice(0, 4)}` : monthName(session);
}

function dayTicks(sessions: readonly IsoDate[], count: number): readonly Tick[] {
  const every = Math.max(1, Math.ceil(sessions.length / Math.max(1, count)));
  return sessions.flatMap((session, i) => (i % every === 0 ? [{ value: i, label: `${Number(session.slice(8, 10))} ${monthName(session)}` }] : []));
}
