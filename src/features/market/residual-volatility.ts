import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import type { SeriesFeature } from '../feature.js';
import { marketModel } from './market-model.js';

/** Volatility that the benchmark does not explain. */
export function residualVolatility(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `residual-volatility-${window}`,
    family: 'market',
    describe: `standard deviation of the errors of the market model over ${window} sessions, annualized`,
    formula: `√(252 · Σ e² / ${window - 2}), e of R = α + β M + e over ${window} sessions`,
    unit: 'annualized volatility',
    source: 'Ang, Hodrick, Xing and Zhang (2006), idiosyncratic volatility; one factor instead of three',
    lookback: window,
    inputs: ['bars', 'index'],
    compute: (series) => marketModel(series, window, 'residualStd').map((deviation) => Math.sqrt(SESSIONS_PER_YEAR) * deviation),
  };
}
