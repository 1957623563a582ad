import { hashJson } from '../../core/hash.js';
import { disposeLoaded } from '../../lab/models/evening-model.js';
import { predict, type Predictions } from '../../recommendation/predict.js';
import type { EveningContext } from '../evening-context.js';
import type { FlowStep, ReadArtifact } from '../flow.js';
import { readSessionFeatures } from './features.js';

/** What the model says about each eligible member. */
export function predictionsStep(context: EveningContext): FlowStep {
  const { forecast, strategy } = context.setup.config.config;
  const horizon = strategy[strategy.name].horizon;
  return {
    name: 'predictions',
    describe: 'forecast returns and intervals',
    inputs: async () => ({ settings: hashJson({ forecast, horizon }), model: (await context.chosenModel()).identity }),
    async run({ read, signal }) {
      const market = await context.market();
      const past = await context.past();
      const loaded = await context.model(signal);
      try {
        const predictions = await predict(market, { ...loaded, past, session: await readSessionFeatures(read), history: await context.features(), drivers: forecast.drivers, coverage: forecast.interval });
        return { 'predictions.json': `${JSON.stringify({ ...predictions, forecasts: Object.fromEntries(predictions.forecasts) }, null, 1)}\n` };
      } finally {
        disposeLoaded(loaded);
      }
    },
  };
}

/** The predictions that the step kept. */
export async function readPredictions(read: ReadArtifact): Promise<Predictions> {
  const kept = JSON.parse(await read('predictions', 'predictions.json')) as Omit<Predictions, 'forecasts'> & { forecasts: Record<string, never> };
  return { ...kept, forecasts: new Map(Object.entries(kept.forecasts)) };
}
