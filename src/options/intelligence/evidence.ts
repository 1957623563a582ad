import { decimalText, percentDigits } from '../../core/decimal-text.js';
import { fromEpochDay } from '../../core/dates.js';

/** What a number in a signal's evidence is measured in; `money` and `price` in quote currency, `date` an epoch day. */
export type SignalUnit = 'fraction' | 'ratio' | 'score' | 'price' | 'money' | 'contracts' | 'count' | 'sessions' | 'days' | 'date';

/** A number with its unit. */
export type Fact = readonly [value: number, unit: SignalUnit];

/** A number of evidence as people read it, e.g. "4.2 %", "−0.35", "3.1 million", "2026-06-19"; sentences are made of these texts alone. */
export function formatEvidence(value: number, unit: SignalUnit): string {
  if (unit === 'date') return fromEpochDay(value);
  const sign = value < 0 ? '−' : '';
  switch (unit) {
    case 'fraction':
      return `${sign}${percentDigits(value)} %`;
    case 'money':
      return `${sign}${moneyText(Math.abs(value))}`;
    case 'price':
    case 'ratio':
    case 'score':
      return `${sign}${decimalText(value, Math.abs(value) < 100 || unit === 'price' ? 2 : 0)}`;
    default:
      return `${sign}${grouped(decimalText(value, 0))}`;
  }
}

function moneyText(size: number): string {
  if (size >= 1e9) return `${decimalText(size / 1e9, 1)} billion`;
  return size >= 1e5 ? `${decimalText(size / 1e6, 1)} million` : grouped(decimalText(size, 0));
}

const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
