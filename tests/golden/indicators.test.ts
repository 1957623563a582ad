import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as ta from '../../src/indicators/index.js';
import { goldenFolder, printSkipReason } from './folder.js';

type BarName = 'open' | 'high' | 'low' | 'close' | 'volume';
type Bars = Readonly<Record<BarName, Float64Array>>;
type Outputs = Readonly<Record<string, Float64Array>>;

interface Golden {
  readonly tolerance: { readonly relative: number; readonly absolute: number };
  readonly tickers: Readonly<Record<string, { readonly input: Readonly<Record<BarName, readonly number[]>>; readonly from: number; readonly output: Readonly<Record<string, readonly (number | null)[]>> }>>;
}

const suffixed = (name: string, outputs: object): Outputs => Object.fromEntries(Object.entries(outputs).map(([output, values]) => [`${name}.${output}`, values as Float64Array]));

/** The calls, by the golden file's names. */
function compute({ high, low, close, volume }: Bars): Outputs {
  return {
    'SMA(20)': ta.sma(close, 20),
    'EMA(20)': ta.ema(close, 20),
    'WMA(20)': ta.wma(close, 20),
    'DEMA(20)': ta.dema(close, 20),
    'TEMA(20)': ta.tema(close, 20),
    'RSI(14)': ta.rsi(close, 14),
    'RSI(2)': ta.rsi(close, 2),
    ...suffixed('MACD(12,26,9)', ta.macd(close)),
    TRANGE: ta.trange(high, low, close),
    'ATR(14)': ta.atr(high, low, close, 14),
    'NATR(14)': ta.natr(high, low, close, 14),
    'ADX(14)': ta.adx(high, low, close, 14),
    'PLUS_DI(14)': ta.plusDI(high, low, close, 14),
    'MINUS_DI(14)': ta.minusDI(high, low, close, 14),
    ...suffixed('BBANDS(20,2)', ta.bbands(close, 20)),
    ...suffixed('STOCH(14,3,3)', ta.stoch(high, low, close, { fastKPeriod: 14 })),
    ...suffixed('STOCHF(14,3)', ta.stochf(high, low, close, { fastKPeriod: 14 })),
    ...suffixed('STOCHRSI(14,14,3)', ta.stochrsi(close, 14, { fastKPeriod: 14 })),
    'CCI(20)': ta.cci(high, low, close, 20),
    'WILLR(14)': ta.willr(high, low, close, 14),
    'MFI(14)': ta.mfi(high, low, close, volume, 14),
    OBV: ta.obv(close, volume),
    AD: ta.ad(high, low, close, volume),
    'ADOSC(3,10)': ta.adosc(high, low, close, volume),
    'ROC(10)': ta.roc(close, 10),
    'MOM(10)': ta.mom(close, 10),
    ...suffixed('AROON(25)', ta.aroon(high, low, 25)),
    'TRIX(15)': ta.trix(close, 15),
    'KAMA(10)': ta.kama(close, 10),
    'SAR(0.02,0.2)': ta.sar(high, low),
    'ULTOSC(7,14,28)': ta.ultosc(high, low, close),
    'LINEARREG_SLOPE(14)': ta.linearregSlope(close, 14),
  };
}

const folder = goldenFolder();
printSkipReason('golden', 'indicators against TA-Lib');

describe.skipIf(folder === null)('indicators against TA-Lib', () => {
  const golden: Golden = folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, 'indicators.json'), 'utf8')) as Golden);

  describe.each(folder === null ? [] : Object.keys(golden.tickers))('%s', (ticker) => {
    const { input, from, output } = golden.tickers[ticker];
    const series = (name: BarName): Float64Array => Float64Array.from(input[name]);
    const found = compute({ open: series('open'), high: series('high'), low: series('low'), close: series('close'), volume: series('volume') });

    it('has every output of the file', () => {
      expect(Object.keys(found)).toEqual(expect.arrayContaining(Object.keys(output)));
    });

    it.each(Object.keys(output))('%s', (name) => {
      const { relative, absolute } = golden.tolerance;
      expect(found[name].length - from).toBe(output[name].length);
      const worst = { row: -1, excess: 0 };
      output[name].forEach((expected, i) => {
        const value = found[name][from + i];
        // windows of MFI that a rounding error would decide are null after warm-up too: anything goes there
        if (expected === null) return (name.startsWith('MFI') && i + from > 14) || expect(value, `row ${from + i}`).toBeNaN();
        const excess = Math.abs(value - expected) / (absolute + relative * Math.abs(expected));
        if (!(excess <= worst.excess)) Object.assign(worst, { row: from + i, excess });
      });
      expect(worst.excess, `times the tolerance, at row ${worst.row}`).toBeLessThanOrEqual(1);
    });
  });
});
