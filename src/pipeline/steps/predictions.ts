import { hashJson } from '../../core/hash.js';
import { predict, type Predictions } from '../../recommendation/predict.js';
import type { EveningContext } from '../evening-context.js';
import type { FlowStep, ReadArtifact } from '../flow.js';

/** What past pay-offs say about each eligible member. */
export function predictionsStep(context: EveningContext): FlowStep {
  const { forecast, strategy } = context.setup.config.config;
  const horizon = strategy[strategy.name].horizon;
  return {
    name: 'predictions',
    describe: 'forecast returns and intervals',
    inputs: async () => ({ settings: hashJson({ forecast, horizon }) }),
    async run() {
      const predictions = predict(await context.market(), await context.features(), horizon, forecast);
      return { 'predictions.json': `${JSON.stringify({ ...predictions, forecasts: Object.fromEntries(predictions.forecasts) }, null, 1)}\n` };
    },
  };
}

/** The predictions that the step kept. */
export async function readPredictions(read: ReadArtifact): Promise<Predictions> {
  const kept = JSON.parse(await read('predictions', 'predictions.json')) as Omit<Predictions, 'forecasts'> & { forecasts: Record<string, never> };
  return { ...kept, forecasts: new Map(Object.entries(kept.forecasts)) };
}
