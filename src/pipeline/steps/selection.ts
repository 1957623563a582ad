import { hashJson } from '../../core/hash.js';
import { decideEvening, type EveningDecision } from '../../recommendation/decide.js';
import type { EveningContext } from '../evening-context.js';
import type { FlowStep, ReadArtifact } from '../flow.js';
import { readPredictions } from './predictions.js';

/** Fills of waiting orders, the strategy's decision, and the orders that follow from it. */
export function selectionStep(context: EveningContext): FlowStep {
  const { strategy, portfolio } = context.setup.config.config;
  return {
    name: 'selection',
    describe: 'fill orders and choose what to hold',
    inputs: async () => ({ settings: hashJson({ strategy, portfolio }), book: hashJson(context.before) }),
    async run({ read }) {
      const evening = decideEvening(await context.market(), await context.features(), await readPredictions(read), { before: context.before, strategy: context.strategy, costs: portfolio.costs });
      return { 'selection.json': `${JSON.stringify(evening, null, 1)}\n` };
    },
  };
}

/** The decision that the step kept. */
export async function readSelection(read: ReadArtifact): Promise<EveningDecision> {
  return JSON.parse(await read('selection', 'selection.json')) as EveningDecision;
}
