import type { DetectedSignal } from '../options/intelligence/signal.js';
import type { ChainPanel, DrawnSmile } from '../options/panel/chain-panel.js';
import type { NameOptions, OptionFigures } from './evening-options.js';

export interface NameOptionsParts {
  readonly panel: ChainPanel;
  readonly signals: readonly DetectedSignal[];
  /** Close of the session among the prices of the document. */
  readonly close: number;
  /** Place of the 30-day volatility among the sessions known, and how many. */
  readonly rank: { readonly value: number; readonly sessions: number };
}

/** Strikes kept at most: more are not to be told apart on a card. */
const STRIKES = 61;
/** Points kept of a smile: of its curve, and of its contracts at most. */
const CURVE = 21;
const QUOTES = 60;
const TARGET_DAYS = 30;

/** What a card shows of a chain, short enough for the document. */
export function nameOptions({ panel, signals, close, rank }: NameOptionsParts): NameOptions {
  const { spot, quality, termStructure, smiles } = panel;
  return {
    spot: told(spot),
    toClose: told(close / spot),
    isMixed: quality.isMixed,
    figures: figuresOf(panel, rank),
    openInterest: openInterestOf(panel),
    smile: smiles.length === 0 ? null : smileOf(smiles.reduce((best, one) => (Math.abs(one.days - TARGET_DAYS) < Math.abs(best.days - TARGET_DAYS) ? one : best))),
    termStructure: termStructure.map(({ days, volatility }) => ({ days, volatility: short(volatility) })),
    signals,
  };
}

function figuresOf({ summary }: ChainPanel, { value, sessions }: NameOptionsParts['rank']): OptionFigures {
  return {
    volatility30: told(summary.volatility30),
    volatilityRank: told(value),
    volatilitySessions: sessions,
    modelFreeVolatility30: told(Math.sqrt(summary.modelFreeVariance30)),
    putCallVolume: told(summary.putVolume / summary.callVolume),
    putCallOpenInterest: told(summary.putOpenInterest / summary.callOpenInterest),
    gammaExposure: told(summary.callGamma + summary.putGamma),
    gammaFlip: told(summary.gammaFlip),
    callWall: told(summary.callWall),
    putWall: told(summary.putWall),
    maxPain: told(summary.maxPain),
  };
}

function openInterestOf({ byStrike: { strike, callOpenInterest, putOpenInterest }, spot }: ChainPanel): NameOptions['openInterest'] {
  const nearest = [...strike.keys()].filter((k) => callOpenInterest[k] + putOpenInterest[k] > 0).sort((a, b) => Math.abs(strike[a] - spot) - Math.abs(strike[b] - spot)).slice(0, STRIKES).sort((a, b) => a - b);
  return { strike: nearest.map((k) => strike[k]), calls: nearest.map((k) => callOpenInterest[k]), puts: nearest.map((k) => putOpenInterest[k]) };
}

function smileOf({ days, kind, quotes, curve }: DrawnSmile): NameOptions['smile'] {
  const [shown, drawn] = [spreadOver(quotes.strike.length, QUOTES), spreadOver(curve.strike.length, CURVE)];
  return {
    days, kind,
    quotes: { strike: shown.map((i) => quotes.strike[i]), volatility: shown.map((i) => short(quotes.volatility[i])) },
    curve: { strike: drawn.map((i) => short(curve.strike[i])), volatility: drawn.map((i) => short(curve.volatility[i])) },
  };
}

/** At most `most` positions of `count`, evenly, the first and the last among them. */
function spreadOver(count: number, most: number): number[] {
  const kept = Math.min(count, most);
  return Array.from({ length: kept }, (_, i) => (kept === 1 ? 0 : Math.round((i * (count - 1)) / (kept - 1))));
}

/** Six significant digits: more than is known, and the same on every machine. */
const short = (value: number): number => Number(value.toPrecision(6));
const told = (value: number): number | null => (Number.isFinite(value) ? short(value) : null);
