import type { ModelCard } from '../models/model-card.js';
import type { Prediction } from '../models/trained-model.js';
import type { Forecast } from '../strategy/view.js';

interface ForecastParts {
  readonly title: string;
  readonly card: ModelCard;
  /** Expected deviation of the return. */
  readonly scale: number;
  readonly coverage: number;
}

/** What a model says about one sample, without what moved it. */
export function forecastOf({ score, expected, low, high }: Prediction, at: number, { title, card: { calibration, horizon }, scale, coverage }: ForecastParts): Omit<Forecast, 'drivers' | 'rest'> {
  const known = [expected[at], low[at], high[at]].every(Number.isFinite);
  return {
    model: title,
    score: score[at],
    expectedReturn: known ? expected[at] : null,
    edge: known && calibration !== null ? expected[at] - calibration.intercept * scale : null,
    interval: known ? [low[at], high[at]] : null,
    coverage: calibration?.coverage ?? coverage,
    horizon,
  };
}
