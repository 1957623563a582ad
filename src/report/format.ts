import { isIsoDate, toEpochDay, weekday, type IsoDate } from '../core/dates.js';
import { decimalText, percentDigits } from '../core/decimal-text.js';

/** Shown where a number does not exist. */
export const MISSING = '–';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MINUS = '\u2212';

/** A number with `digits` decimals, thousands apart by commas and a true minus sign; `–` when it is not finite. */
export function formatNumber(value: number, digits = 0): string {
  return Number.isFinite(value) ? grouped(value, decimalText(value, digits)) : MISSING;
}

/** The sign of a value before its digits, thousands apart. */
function grouped(value: number, digits: string): string {
  const [whole, decimals] = digits.split('.') as [string, string | undefined];
  const apart = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const text = decimals === undefined ? apart : `${apart}.${decimals}`;
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** A price in quote currency: two decimals, four under one. */
export function formatPrice(value: number): string {
  return formatNumber(value, Math.abs(value) < 1 ? 4 : 2);
}

/** An amount of quote currency without decimals. */
export function formatMoney(value: number): string {
  return formatNumber(value, 0);
}

/** A fraction as percent, from the six decimals that documents keep, so that page, words and files round alike. */
export function formatPercent(fraction: number, digits = 1): string {
  return Number.isFinite(fraction) ? `${grouped(fraction, percentDigits(fraction, digits))}%` : MISSING;
}

/** A fraction as percent with its sign always written, except for zero. */
export function formatSignedPercent(fraction: number, digits = 1): string {
  const text = formatPercent(fraction, digits);
  return fraction > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A number of unknown unit: four significant digits, whole numbers in full. */
export function formatValue(value: number | string): string {
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return MISSING;
  if (Number.isInteger(value)) return formatNumber(value);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -6) return value.toExponential(2).replaceAll('-', MINUS);
  return formatNumber(value, Math.min(8, Math.max(0, 3 - magnitude))).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** `Thursday, 8 February 2018`. */
export function formatDate(date: IsoDate): string {
  return `${WEEKDAYS[weekday(toEpochDay(date))]}, ${formatDay(date)}`;
}

/** `8 February 2018`. */
export function formatDay(date: IsoDate): string {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

/** `8 Feb 2018`. */
export function formatShortDate(date: IsoDate): string {
  return `${Number(date.slice(8, 10))} ${monthName(date)} ${date.slice(0, 4)}`;
}

/** `Feb`. */
export function monthName(date: IsoDate): string {
  return MONTHS[Number(date.slice(5, 7)) - 1].slice(0, 3);
}

/** `1 name`, `2 names`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** The first twelve characters of a hash without the name of its algorithm: enough to compare by eye. */
export function formatHash(hash: string): string {
  return hash.replace(/^[A-Za-z0-9-]+:/, '').slice(0, 12);
}

/**
 * A feature's value by its unit (`FeatureUnit`): fractions as percent, what can be gained or lost with its sign, counts
 * with what is counted, the log of money as money; four significant digits for a unit that is not known.
 */
export function formatFeature(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  switch (unit) {
    case 'return':
    case 'annualized return':
      return signed(value, percentOf(value));
    case 'fraction':
    case 'annualized volatility':
    case 'fraction per year':
      return percentOf(value);
    case 'rank':
      return formatPercent(value, 0);
    case 'z-score':
    case 'correlation':
    case 'score':
      return signed(value, formatNumber(value, 2));
    case 'ratio':
    case 'index points':
      return formatRatio(value);
    case 'sessions':
    case 'days':
      return counted(value, unit);
    case 'flag':
      return value === 0 ? 'no' : value === 1 ? 'yes' : formatValue(value);
    case 'log money':
      return formatShortMoney(Math.exp(value));
    default:
      return formatValue(value);
  }
}

/** A number or text in a reason by its unit, see `Reason.units`; four significant digits for a unit that has no rule here. */
export function formatReasonValue(value: number | string, unit: string | undefined): string {
  if (typeof value === 'string') return unit === 'date' && isIsoDate(value) ? formatShortDate(value) : value;
  switch (unit) {
    case 'price':
      return formatPrice(value);
    case 'money':
      return formatMoney(value);
    case 'fraction':
    case 'sessions':
      return formatFeature(value, unit);
    default:
      return formatValue(value);
  }
}

/** An amount of quote currency to three digits: `1.24 bn`. */
export function formatShortMoney(value: number): string {
  const [size, name] = ([[1e12, 'tn'], [1e9, 'bn'], [1e6, 'm'], [1e3, 'k']] as const).find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  const text = formatNumber(value / size, Math.abs(value / size) < 10 ? 2 : Math.abs(value / size) < 100 ? 1 : 0);
  return name === '' || text === MISSING ? text : `${text} ${name}`;
}

function signed(value: number, text: string): string {
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A fraction as percent with fewer decimals the larger it is; significant digits where decimals would show zero. */
function percentOf(fraction: number): string {
  const percent = Math.abs(fraction) * 100;
  if (percent > 0 && percent < 0.01) return `${significant(fraction * 100, 2)}%`;
  return formatPercent(fraction, percent < 1 ? 2 : percent < 1000 ? 1 : 0);
}

function formatRatio(value: number): string {
  const size = Math.abs(value);
  return size > 0 && size < 0.1 ? significant(value, 2) : formatNumber(value, size < 1000 ? 2 : 0);
}

/** A small number with `digits` significant digits, with an exponent below a ten-thousandth. */
function significant(value: number, digits: number): string {
  if (Math.abs(value) < 1e-4) return value.toExponential(digits - 1).replaceAll('-', MINUS);
  return formatNumber(value, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
}

function counted(value: number, unit: 'sessions' | 'days'): string {
  const text = formatNumber(value, Number.isInteger(value) ? 0 : 1);
  return `${text} ${Math.abs(value) === 1 ? unit.slice(0, -1) : unit}`;
}
