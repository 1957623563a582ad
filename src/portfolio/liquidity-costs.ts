import type { CostsConfig } from './config.js';
import type { CostModel, TradeSize } from './cost-model.js';

const BPS = 10_000;
const CENTS = 100;

/**
 * Costs by what is traded in an instrument: commission, a half spread, and square-root market impact.
 *
 * Half spread: `halfSpreadBps` · √(`referenceDollarVolume` / dollar volume), kept between its least and its largest. Spreads go with the
 * volatility of one trade, so with the square root of the number of trades (Wyart, Bouchaud, Kockelkoren, Potters, Vettorazzo 2008); that
 * trades are of one size everywhere, and the level at the reference, are assumptions of ours.
 *
 * Impact: `impact` · daily volatility · √(shares · price / dollar volume), at most `maxImpactBps` (square root: Tóth et al. 2011, with a
 * coefficient of order one; Almgren, Thum, Hauptmann, Li 2005 find a power of 0.6). It is charged whole on the fill, as if nothing came back.
 *
 * An unknown dollar volume or volatility is taken for the configured one, which is that of a thin and restless instrument.
 */
export function liquidityCosts({ commissionBps, liquidity: settings }: CostsConfig): CostModel {
  return {
    name: 'liquidity',
    describe: 'commission, a half spread that falls with the square root of the traded value, and market impact that grows with the square root of the share of it',
    source: 'Wyart et al. 2008 (spread); Almgren et al. 2005, Tóth et al. 2011 (impact)',
    concession(trade) {
      const dollarVolume = trade.dollarVolume > 0 ? trade.dollarVolume : settings.assumedDollarVolume;
      return halfSpread(dollarVolume, settings) + impact(trade, dollarVolume, settings);
    },
    commission: (shares, gross) => (shares > 0 ? Math.max(CENTS * settings.minCommission, (gross * commissionBps) / BPS + CENTS * shares * settings.perShare) : 0),
  };
}

function halfSpread(dollarVolume: number, { halfSpreadBps, referenceDollarVolume, minHalfSpreadBps, maxHalfSpreadBps }: CostsConfig['liquidity']): number {
  const bps = halfSpreadBps * Math.sqrt(referenceDollarVolume / dollarVolume);
  return Math.min(maxHalfSpreadBps, Math.max(minHalfSpreadBps, bps)) / BPS;
}

function impact({ shares, open, volatility }: TradeSize, dollarVolume: number, { impact: coefficient, maxImpactBps, assumedVolatility }: CostsConfig['liquidity']): number {
  const daily = volatility >= 0 ? volatility : assumedVolatility;
  return Math.min(maxImpactBps / BPS, coefficient * daily * Math.sqrt((shares * open) / dollarVolume));
}
