import type { Rows } from '../rows.js';
import { DEGREES, measureCycle, PHASE_PRIMING, type Cycle } from './measure.js';

/** Whole rows in one dominant cycle. */
const wholePeriod = (period: number): number => Math.floor(period + 0.5);

/** Phase of the dominant cycle at row t, degrees, −45 … 315; the phase before where the cycle has no imaginary part. */
function phaseAt({ start, smooth, period }: Cycle, t: number, before: number): number {
  const rows = wholePeriod(period[t]);
  let [real, imaginary] = [0, 0];
  for (let i = 0; i < rows && t - i >= start; i++) {
    const angle = (i * 2 * Math.PI) / rows;
    real += Math.sin(angle) * smooth[t - i];
    imaginary += Math.cos(angle) * smooth[t - i];
  }
  let phase = before;
  if (Math.abs(imaginary) > 0) phase = Math.atan(real / imaginary) * DEGREES;
  else if (real !== 0) phase += real < 0 ? -90 : 90;
  phase += 90 + 360 / period[t]; // 90 and the one row by which the smoothing lags
  if (imaginary < 0) phase += 180;
  return phase > 315 ? phase - 360 : phase;
}

export interface PhasedCycle extends Cycle {
  readonly phase: Float64Array;
}

/** @see Ehlers, Rocket Science for Traders (2001), chapter 9 */
export function measurePhase(price: Float64Array, rows: Rows): PhasedCycle {
  const cycle = measureCycle(price, rows, PHASE_PRIMING);
  const phase = new Float64Array(rows.end);
  for (let t = cycle.start; t < rows.end; t++) phase[t] = phaseAt(cycle, t, phase[t - 1]);
  return { ...cycle, phase };
}

/** Mean price over one dominant cycle, smoothed by weights 4 : 3 : 2 : 1. */
export function trendlineRows(price: Float64Array, { begin, end }: Rows, { start, period }: Cycle): Float64Array {
  const means = new Float64Array(end);
  const trend = new Float64Array(end);
  for (let t = start; t < end; t++) {
    const rows = wholePeriod(period[t]);
    let sum = 0;
    for (let i = 0; i < rows && t - i >= begin; i++) sum += price[t - i];
    means[t] = rows > 0 ? sum / rows : 0;
    const at = (lag: number): number => (t - lag >= start ? means[t - lag] : 0);
    trend[t] = (4 * at(0) + 3 * at(1) + 2 * at(2) + at(3)) / 10;
  }
  return trend;
}

/** 1 in a trend, 0 in a cycle mode. */
export function trendModeRows({ start, smooth, period, phase }: PhasedCycle, trendline: Float64Array, end: number, output: Float64Array): void {
  let [days, sineBefore, leadBefore] = [0, 0, 0];
  for (let t = start; t < end; t++) {
    const sine = Math.sin(phase[t] / DEGREES);
    const lead = Math.sin((phase[t] + 45) / DEGREES);
    const crossed = (sine > lead && sineBefore <= leadBefore) || (sine < lead && sineBefore >= leadBefore);
    days = crossed ? 1 : days + 1;
    const turn = phase[t] - (t > start ? phase[t - 1] : 0);
    const steady = period[t] !== 0 && turn > (0.67 * 360) / period[t] && turn < (1.5 * 360) / period[t];
    const far = trendline[t] !== 0 && Math.abs((smooth[t] - trendline[t]) / trendline[t]) >= 0.015;
    const cycling = crossed || days < 0.5 * period[t] || steady;
    output[t] = far || !cycling ? 1 : 0;
    [sineBefore, leadBefore] = [sine, lead];
  }
}
