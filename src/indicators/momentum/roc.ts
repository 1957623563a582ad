import { requirePeriod } from '../checks.js';
import { series, type Rows } from '../rows.js';

export const changeLookback = (period: number): number => period;

// loops stand in functions of their own: inside an arrow function they read what it closes over in every round
function momRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  for (let t = begin + period; t < end; t++) output[t] = values[t] - values[t - period];
}

function rocRows(values: Float64Array, { begin, end }: Rows, period: number, output: Float64Array): void {
  for (let t = begin + period; t < end; t++) {
    const older = values[t - period];
    output[t] = older === 0 ? 0 : (values[t] / older - 1) * 100;
  }
}

/**
 * Momentum: value − value `period` rows ago, [row], in units of the value.
 *
 * Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib MOM
 */
export function mom(values: Float64Array, period = 10): Float64Array {
  requirePeriod(period, 1, 'mom');
  return series({ name: 'mom', inputs: [values], lookback: changeLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => momRows(values, rows, period, output));
}

/**
 * Rate of change: (value ÷ value `period` rows ago − 1) · 100, [row], percent; 0 where the older value is 0.
 *
 * Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib ROC
 */
export function roc(values: Float64Array, period = 10): Float64Array {
  requirePeriod(period, 1, 'roc');
  return series({ name: 'roc', inputs: [values], lookback: changeLookback(period), memory: 'finite', gaps: 'local' }, (rows, output) => rocRows(values, rows, period, output));
}

/**
 * Rate of change as a fraction: (value − value `period` rows ago) ÷ value `period` rows ago, [row]; 0 where that is 0.
 *
 * Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib ROCP
 */
export function rocp(values: Float64Array, period = 10): Float64Array {
  requirePeriod(period, 1, 'rocp');
  return series({ name: 'rocp', inputs: [values], lookback: changeLookback(period), memory: 'finite', gaps: 'local' }, ({ begin, end }, output) => {
    for (let t = begin + period; t < end; t++) {
      const older = values[t - period];
      output[t] = older === 0 ? 0 : (values[t] - older) / older;
    }
  });
}

/**
 * Rate of change as a ratio: value ÷ value `period` rows ago, [row]; 0 where that is 0.
 *
 * Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib ROCR
 */
export function rocr(values: Float64Array, period = 10): Float64Array {
  requirePeriod(period, 1, 'rocr');
  return series({ name: 'rocr', inputs: [values], lookback: changeLookback(period), memory: 'finite', gaps: 'local' }, ({ begin, end }, output) => {
    for (let t = begin + period; t < end; t++) {
      const older = values[t - period];
      output[t] = older === 0 ? 0 : values[t] / older;
    }
  });
}

/**
 * Rate of change as a ratio times 100: 100 · value ÷ value `period` rows ago, [row]; 0 where that is 0.
 *
 * Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 1
 * @see TA-Lib ROCR100
 */
export function rocr100(values: Float64Array, period = 10): Float64Array {
  requirePeriod(period, 1, 'rocr100');
  return series({ name: 'rocr100', inputs: [values], lookback: changeLookback(period), memory: 'finite', gaps: 'local' }, ({ begin, end }, output) => {
    for (let t = begin + period; t < end; t++) {
      const older = values[t - period];
      output[t] = older === 0 ? 0 : (values[t] / older) * 100;
    }
  });
}
