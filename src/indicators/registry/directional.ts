import { indicator, period, type Indicator } from '../indicator.js';
import { adx, adxLookback, adxr, adxrLookback, directionLookback, dx, minusDI, minusDM, movementLookback, plusDI, plusDM } from '../momentum/directional.js';

const SUMS = "Wilder's sums (each loses its 1/period part), seeded by the plain sum of the first period − 1 rows";
const ranged = { group: 'momentum', inputs: ['high', 'low', 'close'], memory: 'unbounded', reference: 'Wilder (1978)' } as const;
const moved = { group: 'momentum', inputs: ['high', 'low'], parameters: { period: period(14, 1) }, smoothing: SUMS, memory: 'unbounded', reference: 'Wilder (1978)' } as const;

export const DIRECTIONAL: readonly Indicator[] = [
  indicator({ name: 'ADX', call: 'adx', title: 'average directional movement index', ...ranged, parameters: { period: period(14) }, smoothing: `DX: ${SUMS}; then Wilder's average, seeded by the simple mean of the first period values`, lookback: (p) => adxLookback(p.period), compute: ({ high, low, close }, p) => adx(high, low, close, p.period) }),
  indicator({ name: 'ADXR', call: 'adxr', title: 'directional movement rating', ...ranged, parameters: { period: period(14) }, smoothing: 'as ADX', lookback: (p) => adxrLookback(p.period), compute: ({ high, low, close }, p) => adxr(high, low, close, p.period) }),
  indicator({ name: 'DX', call: 'dx', title: 'directional movement index', ...ranged, parameters: { period: period(14) }, smoothing: SUMS, lookback: (p) => directionLookback(p.period), compute: ({ high, low, close }, p) => dx(high, low, close, p.period) }),
  indicator({ name: 'PLUS_DI', call: 'plusDI', title: 'plus directional indicator', ...ranged, parameters: { period: period(14, 1) }, smoothing: SUMS, lookback: (p) => directionLookback(p.period), compute: ({ high, low, close }, p) => plusDI(high, low, close, p.period) }),
  indicator({ name: 'MINUS_DI', call: 'minusDI', title: 'minus directional indicator', ...ranged, parameters: { period: period(14, 1) }, smoothing: SUMS, lookback: (p) => directionLookback(p.period), compute: ({ high, low, close }, p) => minusDI(high, low, close, p.period) }),
  indicator({ name: 'PLUS_DM', call: 'plusDM', title: 'plus directional movement', ...moved, lookback: (p) => movementLookback(p.period), compute: ({ high, low }, p) => plusDM(high, low, p.period) }),
  indicator({ name: 'MINUS_DM', call: 'minusDM', title: 'minus directional movement', ...moved, lookback: (p) => movementLookback(p.period), compute: ({ high, low }, p) => minusDM(high, low, p.period) }),
];
