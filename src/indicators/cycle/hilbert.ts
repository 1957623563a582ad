import { series, seriesByName } from '../rows.js';
import { CYCLE_LOOKBACK, MAMA_PRIMING, measureCycle, PHASE_LOOKBACK } from './measure.js';
import { measurePhase, trendlineRows, trendModeRows } from './phase.js';

export interface Phasor {
  readonly inPhase: Float64Array;
  readonly quadrature: Float64Array;
}

export interface SineWave {
  readonly sine: Float64Array;
  readonly leadSine: Float64Array;
}

/** The arrays of a measurement reach to the end of its rows; the walk blanks what lies before the lookback. */
function copyFrom(found: Float64Array, start: number, output: Float64Array): void {
  output.set(found.subarray(start), start);
}

/**
 * Hilbert transform: period of the dominant cycle, [row], rows, 6 … 50.
 *
 * Starts from a period of 0 twenty rows before the first output. Lookback 32; unbounded memory.
 * @see Ehlers, Rocket Science for Traders (2001); TA-Lib HT_DCPERIOD
 */
export function htDcperiod(values: Float64Array): Float64Array {
  return series({ name: 'htDcperiod', inputs: [values], lookback: CYCLE_LOOKBACK, memory: 'unbounded' }, (rows, output) => {
    const { start, period } = measureCycle(values, rows, MAMA_PRIMING);
    copyFrom(period, start, output);
  });
}

/**
 * Hilbert transform: in-phase and quadrature component of the detrended price, each [row], in units of the price.
 *
 * Lookback 32; unbounded memory.
 * @see Ehlers, Rocket Science for Traders (2001); TA-Lib HT_PHASOR
 */
export function htPhasor(values: Float64Array): Phasor {
  return seriesByName({ name: 'htPhasor', inputs: [values], lookback: CYCLE_LOOKBACK, memory: 'unbounded' }, ['inPhase', 'quadrature'], (rows, outputs) => {
    const { start, inPhase, quadrature } = measureCycle(values, rows, MAMA_PRIMING);
    copyFrom(inPhase, start, outputs.inPhase);
    copyFrom(quadrature, start, outputs.quadrature);
  });
}

/**
 * Hilbert transform: phase of the dominant cycle, [row], degrees, −45 … 315.
 *
 * Lookback 63; unbounded memory.
 * @see Ehlers, Rocket Science for Traders (2001); TA-Lib HT_DCPHASE
 */
export function htDcphase(values: Float64Array): Float64Array {
  return series({ name: 'htDcphase', inputs: [values], lookback: PHASE_LOOKBACK, memory: 'unbounded' }, (rows, output) => {
    const { start, phase } = measurePhase(values, rows);
    copyFrom(phase, start, output);
  });
}

/**
 * Hilbert transform: sine of the dominant cycle's phase, and of the phase 45° ahead, each [row], −1 … 1.
 *
 * Lookback 63; unbounded memory.
 * @see Ehlers, Rocket Science for Traders (2001); TA-Lib HT_SINE
 */
export function htSine(values: Float64Array): SineWave {
  return seriesByName({ name: 'htSine', inputs: [values], lookback: PHASE_LOOKBACK, memory: 'unbounded' }, ['sine', 'leadSine'], (rows, { sine, leadSine }) => {
    const { start, phase } = measurePhase(values, rows);
    for (let t = start; t < rows.end; t++) {
      sine[t] = Math.sin((phase[t] * Math.PI) / 180);
      leadSine[t] = Math.sin(((phase[t] + 45) * Math.PI) / 180);
    }
  });
}

/**
 * Hilbert transform: 1 where the market trends, 0 where it cycles, [row].
 *
 * Lookback 63; unbounded memory.
 * @see Ehlers, Rocket Science for Traders (2001); TA-Lib HT_TRENDMODE
 */
export function htTrendmode(values: Float64Array): Float64Array {
  return series({ name: 'htTrendmode', inputs: [values], lookback: PHASE_LOOKBACK, memory: 'unbounded' }, (rows, output) => {
    const cycle = measurePhase(values, rows);
    trendModeRows(cycle, trendlineRows(values, rows, cycle), rows.end, output);
  });
}

/**
 * Hilbert transform: instantaneous trendline, the mean over one dominant cycle, smoothed over four rows, [row], in units of the price.
 *
 * Lookback 63; unbounded memory.
 * @see Ehlers, Rocket Science for Traders (2001); TA-Lib HT_TRENDLINE
 */
export function htTrendline(values: Float64Array): Float64Array {
  return series({ name: 'htTrendline', inputs: [values], lookback: PHASE_LOOKBACK, memory: 'unbounded' }, (rows, output) => {
    const cycle = measurePhase(values, rows);
    copyFrom(trendlineRows(values, rows, cycle), cycle.start, output);
  });
}
