/** Digits after the point of a fraction that a document keeps; what is written as percent is rounded from these. */
const FRACTION_DIGITS = 6;

/** Digits that a number is taken to mean: what arithmetic leaves behind them is noise. */
const MEANT_DIGITS = 15;

/**
 * The size of a number with `digits` decimals, without its sign. Halves are rounded up by the decimal digits of the
 * number, not by the binary fraction behind them: 1.005 becomes 1.01, so that whoever writes a number writes the same.
 * @param shift powers of ten to multiply by first, exactly: 2 for percent
 */
export function decimalText(value: number, digits: number, shift = 0): string {
  const [mantissa, exponent = '0'] = String(Number(Math.abs(value).toPrecision(MEANT_DIGITS))).split('e');
  const whole = Math.round(Number(`${mantissa}e${Number(exponent) + shift + digits}`));
  const [head, tail = '0'] = String(whole).split('e');
  return Number(`${head}e${Number(tail) - digits}`).toFixed(digits);
}

/** The size of a fraction in percent, without sign and unit, from the six decimals that documents keep (more where more are asked for). */
export function percentDigits(fraction: number, digits = 1): string {
  return decimalText(Number(decimalText(fraction, Math.max(FRACTION_DIGITS, digits + 2))), digits, 2);
}
