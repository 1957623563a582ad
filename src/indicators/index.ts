/** Technical indicators: TA-Lib's vocabulary as plain functions on Float64Array, usable without anything else here. */

// what there is
export { INDICATORS } from './registry.js';
export { inOneBuffer } from './allocation.js';
export type { Indicator, IndicatorGroup, InputName, Inputs, Parameter, ParameterValues } from './indicator.js';
export type { Memory } from './rows.js';

// overlap studies
export { accbands } from './overlap/accbands.js';
export { bbands, type Bands, type BbandsOptions } from './overlap/bbands.js';
export { dema } from './overlap/dema.js';
export { ema } from './overlap/ema.js';
export { kama } from './overlap/kama.js';
export { ma, MA_TYPES, type MaType } from './overlap/ma.js';
export { mama, type Mama, type MamaOptions } from './overlap/mama.js';
export { midpoint, midprice } from './overlap/midpoint.js';
export { sar, type SarOptions } from './overlap/sar.js';
export { sarext, type SarExtOptions } from './overlap/sarext.js';
export { sma } from './overlap/sma.js';
export { t3 } from './overlap/t3.js';
export { tema } from './overlap/tema.js';
export { trima } from './overlap/trima.js';
export { wma } from './overlap/wma.js';

// momentum
export { apo, ppo, type OscillatorOptions } from './momentum/apo.js';
export { aroon, aroonosc, type Aroon } from './momentum/aroon.js';
export { bop } from './momentum/bop.js';
export { cci } from './momentum/cci.js';
export { cmo } from './momentum/cmo.js';
export { adx, adxr, dx, minusDI, minusDM, plusDI, plusDM } from './momentum/directional.js';
export { imi } from './momentum/imi.js';
export { macd, macdext, macdfix, type Macd, type MacdExtOptions, type MacdOptions } from './momentum/macd.js';
export { mfi } from './momentum/mfi.js';
export { mom, roc, rocp, rocr, rocr100 } from './momentum/roc.js';
export { rsi } from './momentum/rsi.js';
export { stoch, stochf, stochrsi, type Stochastic, type StochFastOptions, type StochOptions } from './momentum/stoch.js';
export { trix } from './momentum/trix.js';
export { ultosc, type UltoscOptions } from './momentum/ultosc.js';
export { willr } from './momentum/willr.js';

// volume, volatility, price
export { ad, adosc, type AdoscOptions } from './volume/ad.js';
export { obv } from './volume/obv.js';
export { atr, natr } from './volatility/atr.js';
export { avgdev } from './volatility/avgdev.js';
export { trange } from './volatility/trange.js';
export { avgprice, medprice, typprice, wclprice } from './price/transform.js';

// statistics, rolling extremes and sums
export { beta, correl } from './statistics/correl.js';
export { linearreg, linearregAngle, linearregIntercept, linearregSlope, tsf } from './statistics/linearreg.js';
export { stddev, variance } from './statistics/stddev.js';
export { max, maxindex, min, minindex, minmax, minmaxindex, sum, type MinMax } from './rolling/minmax.js';

// cycles
export { htDcperiod, htDcphase, htPhasor, htSine, htTrendline, htTrendmode, type Phasor, type SineWave } from './cycle/hilbert.js';
