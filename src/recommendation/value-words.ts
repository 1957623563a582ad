import { decimalText, percentDigits } from '../core/decimal-text.js';
import type { FeatureUnit } from '../features/feature.js';

/** A fraction as percent, with a minus sign where it is below zero: `−6.1 %`. */
export function percent(fraction: number, digits = 1): string {
  const text = percentDigits(fraction, digits);
  return `${fraction < 0 && /[1-9]/.test(text) ? '−' : ''}${text} %`;
}

/** A fraction as percent whose sign is always written. */
export function signedPercent(fraction: number, digits = 1): string {
  return `${fraction < 0 ? '−' : '+'}${percentDigits(fraction, digits)} %`;
}

/** The size of a fraction as percent: one decimal, two significant digits where that would hide it. */
export function size(fraction: number): string {
  const digits = Math.abs(fraction) >= 0.001 || fraction === 0 ? 1 : -1 - Math.floor(Math.log10(Math.abs(fraction)));
  return `${percentDigits(fraction, Math.min(12, digits))} %`;
}

/** A number to three significant digits: `−0.0213`. */
export function significant(value: number): string {
  return Number(value.toPrecision(3)).toString().replaceAll('-', '−');
}

/** A number with two decimals, or three significant digits where these would show zero. */
export function plain(value: number): string {
  return Math.abs(value) < 0.1 ? significant(value) : `${value < 0 ? '−' : ''}${decimalText(value, 2)}`;
}

/** A feature's value by its unit. */
export function valueWords(value: number, unit: FeatureUnit | undefined): string {
  if (unit === 'return' || unit === 'annualized return' || unit === 'fraction per year') return signedPercent(value, 2);
  return unit === 'fraction' || unit === 'annualized volatility' ? percent(value) : significant(value);
}
