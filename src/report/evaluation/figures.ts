import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import { LIGHT, type Palette } from '../palette.js';
import { quantileFigure, sectorFigure, yearFigure } from './bar-figures.js';
import type { EvaluationFigure } from './chart.js';
import { decayFigure, spreadFigure } from './line-figures.js';
import { monthlyFigure } from './monthly-figure.js';
import { rankIcFigure } from './rank-ic-figure.js';

export type { EvaluationFigure } from './chart.js';

/** Charts of an evaluation; `null` where there is nothing to draw. */
export interface EvaluationFigures {
  readonly rankIc: EvaluationFigure | null;
  readonly byYear: EvaluationFigure | null;
  readonly monthly: EvaluationFigure | null;
  readonly decay: EvaluationFigure | null;
  readonly quantiles: EvaluationFigure | null;
  readonly spread: EvaluationFigure | null;
  readonly bySector: EvaluationFigure | null;
}

/** What scores were worth as plotly charts, in the colours of `palette` (`LIGHT` unless given): plain JSON. */
export function evaluationFigures(evaluation: ScoreEvaluation, palette: Palette = LIGHT): EvaluationFigures {
  return {
    rankIc: rankIcFigure(evaluation, palette),
    byYear: yearFigure(evaluation, palette),
    monthly: monthlyFigure(evaluation, palette),
    decay: decayFigure(evaluation, palette),
    quantiles: quantileFigure(evaluation, palette),
    spread: spreadFigure(evaluation, palette),
    bySector: sectorFigure(evaluation, palette),
  };
}
