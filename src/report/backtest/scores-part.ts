import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import { chartPair } from '../chart-place.js';
import { quantileFigure } from '../evaluation/bar-figures.js';
import type { EvaluationFigure } from '../evaluation/chart.js';
import { decayFigure, spreadFigure } from '../evaluation/line-figures.js';
import { rankIcFigure } from '../evaluation/rank-ic-figure.js';
import { figuresTable, quantileTable } from '../evaluation/tables.js';
import { evaluationWords } from '../evaluation/words.js';
import { html, type Html } from '../html.js';
import type { Palette } from '../palette.js';
import { section } from '../sections/section.js';
import { place } from './page-parts.js';

/** Charts of the scores that were traded on; `null` where there is nothing to draw. */
export interface ScoreCharts {
  readonly rankIc: EvaluationFigure | null;
  readonly quantiles: EvaluationFigure | null;
  readonly spread: EvaluationFigure | null;
  readonly decay: EvaluationFigure | null;
}

export function scoreCharts(scores: ScoreEvaluation | null, palette: Palette): ScoreCharts {
  if (scores === null) return { rankIc: null, quantiles: null, spread: null, decay: null };
  return { rankIc: rankIcFigure(scores, palette), quantiles: quantileFigure(scores, palette), spread: spreadFigure(scores, palette), decay: decayFigure(scores, palette) };
}

/** What the scores were worth, before costs and whatever the strategy made of them; `null` without scores. */
export function scoresPart(scores: ScoreEvaluation | null, { rankIc, quantiles, spread, decay }: ScoreCharts): Html | null {
  if (scores === null) return null;
  const placed = (name: string, figure: EvaluationFigure | null): Html | null => (figure === null ? null : place(name, figure));
  return section('scores', 'Scores', 'The scores that were traded on, whatever the strategy made of them; before costs.', [
    html`<p class="remark before">${evaluationWords(scores)}</p>`, figuresTable(scores), placed('rankIc', rankIc), chartPair(placed('quantiles', quantiles), placed('spread', spread)), placed('decay', decay), quantileTable(scores),
  ]);
}
