/** A fraction as people read it, e.g. "4.2 %". */
export const percent = (fraction: number, digits = 1): string => `${(100 * fraction).toFixed(digits)} %`;

/** Quote currency in millions, e.g. "3.1 million". */
export const millions = (amount: number): string => `${(amount / 1e6).toFixed(1)} million`;
