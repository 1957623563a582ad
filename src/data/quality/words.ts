/** A fraction as signed percent for a person, e.g. `-49.4 %`. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

/** A log return as signed percent of the price. */
export function percentOfLog(logReturn: number): string {
  return percent(Math.expm1(logReturn));
}

/** A price for a person: as many digits as tell it apart, no more. */
export function price(value: number): string {
  return String(Number(value.toPrecision(7)));
}
