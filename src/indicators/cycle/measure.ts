import type { Rows } from '../rows.js';

/** Lookback of what needs only the dominant cycle, and of what needs its phase. */
export const CYCLE_LOOKBACK = 32;
export const PHASE_LOOKBACK = 63;

/** Degrees in a radian. */
export const DEGREES = 180 / Math.PI;

/** Rows that the smoothing of the price warms up for before the transform starts, per lookback. */
export const MAMA_PRIMING = 12;
export const PHASE_PRIMING = 37;

/** Ehlers's measurement of the dominant cycle; arrays [row], meaningful from row `start`. */
export interface Cycle {
  readonly start: number;
  /** Weighted mean of the last four prices. */
  readonly smooth: Float64Array;
  readonly inPhase: Float64Array;
  readonly quadrature: Float64Array;
  /** Smoothed period, rows. */
  readonly period: Float64Array;
}

/** Ehlers's truncated Hilbert transformer at row t; rows before `start` count as 0. */
function hilbert(x: Float64Array, t: number, start: number, gain: number): number {
  const at = (lag: number): number => (t - lag >= start ? x[t - lag] : 0);
  return (0.0962 * at(0) - 0.0962 * at(6) - 0.5769 * at(4) + 0.5769 * at(2)) * gain;
}

function boundPeriod(found: number, before: number): number {
  const near = Math.max(Math.min(found, 1.5 * before), 0.67 * before);
  return Math.max(6, Math.min(near, 50));
}

/**
 * Weights 4 : 3 : 2 : 1, running. Where the price stands still the transform sees only what rounding left here, so the
 * order of these operations is part of the result.
 */
function smoothPrice(price: Float64Array, { begin, end }: Rows): Float64Array {
  const smooth = new Float64Array(end);
  let plain = price[begin] + price[begin + 1] + price[begin + 2];
  let weighted = price[begin] + price[begin + 1] * 2 + price[begin + 2] * 3;
  let oldest = 0;
  for (let t = begin + 3; t < end; t++) {
    plain = plain + price[t] - oldest;
    weighted += price[t] * 4;
    oldest = price[t - 3];
    smooth[t] = weighted * 0.1;
    weighted -= plain;
  }
  return smooth;
}

/** @see Ehlers, Rocket Science for Traders (2001), chapters 6 and 7 */
export function measureCycle(price: Float64Array, rows: Rows, priming: number): Cycle {
  const [start, end] = [rows.begin + priming, rows.end];
  const smooth = smoothPrice(price, rows);
  const [detrended, inPhase, quadrature, period] = [new Float64Array(end), new Float64Array(end), new Float64Array(end), new Float64Array(end)];
  let [i2, q2, real, imaginary, raw, smoothed] = [0, 0, 0, 0, 0, 0];
  for (let t = start; t < end; t++) {
    const gain = 0.075 * raw + 0.54;
    detrended[t] = hilbert(smooth, t, start, gain);
    quadrature[t] = hilbert(detrended, t, start, gain);
    inPhase[t] = t - 3 >= start ? detrended[t - 3] : 0;
    const nextQ2 = 0.2 * (quadrature[t] + hilbert(inPhase, t, start, gain)) + 0.8 * q2;
    const nextI2 = 0.2 * (inPhase[t] - hilbert(quadrature, t, start, gain)) + 0.8 * i2;
    real = 0.2 * (nextI2 * i2 + nextQ2 * q2) + 0.8 * real;
    imaginary = 0.2 * (nextI2 * q2 - nextQ2 * i2) + 0.8 * imaginary;
    [q2, i2] = [nextQ2, nextI2];
    const found = imaginary !== 0 && real !== 0 ? 360 / (Math.atan(imaginary / real) * DEGREES) : raw;
    raw = 0.2 * boundPeriod(found, raw) + 0.8 * raw;
    smoothed = 0.33 * raw + 0.67 * smoothed;
    period[t] = smoothed;
  }
  return { start, smooth, inPhase, quadrature, period };
}
