import { decimalText, percentDigits } from '../../core/decimal-text.js';

/** A fraction as people read it, e.g. "4.2 %". */
export const percent = (fraction: number, digits = 1): string => `${fraction < 0 ? '-' : ''}${percentDigits(fraction, digits)} %`;

/** Quote currency in millions, e.g. "3.1 million". */
export const millions = (amount: number): string => `${amount < 0 ? '-' : ''}${decimalText(amount / 1e6, 1)} million`;
