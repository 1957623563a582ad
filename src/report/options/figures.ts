import { LIGHT, type Palette } from '../palette.js';
import type { EvaluationFigure } from '../evaluation/chart.js';
import type { ChainView } from './chain-view.js';
import { gammaByStrikeFigure, openInterestFigure } from './figures/by-strike-figures.js';
import { gammaProfileFigure } from './figures/gamma-profile-figure.js';
import { smileFigure, termStructureFigure, volatilityHistoryFigure } from './figures/volatility-figures.js';

/** Charts of an option chain; `null` where there is nothing to draw. */
export interface ChainFigures {
  readonly gammaProfile: EvaluationFigure | null;
  readonly gammaByStrike: EvaluationFigure | null;
  readonly openInterest: EvaluationFigure | null;
  readonly smile: EvaluationFigure | null;
  readonly termStructure: EvaluationFigure | null;
  readonly history: EvaluationFigure | null;
}

export interface ChainFigureOptions {
  /** `LIGHT` unless given. */
  readonly palette?: Palette;
  /** Pixels of a plot that stands alone, 820 unless given; two side by side share them. */
  readonly width?: number;
}

/** A chain as plotly charts: plain JSON. */
export function chainFigures({ panel, history }: Pick<ChainView, 'panel' | 'history'>, { palette = LIGHT, width = 820 }: ChainFigureOptions = {}): ChainFigures {
  const whole = { palette, width };
  const half = { palette, width: Math.max(250, width / 2 - 50) };
  return {
    gammaProfile: gammaProfileFigure(panel, whole),
    gammaByStrike: gammaByStrikeFigure(panel, whole),
    openInterest: openInterestFigure(panel, whole),
    smile: smileFigure(panel, half),
    termStructure: termStructureFigure(panel, half),
    history: volatilityHistoryFigure(history, whole),
  };
}
