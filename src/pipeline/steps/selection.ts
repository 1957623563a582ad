import { hashJson } from '../../core/hash.js';
import { readSectors } from '../../data/reference.js';
import { readMarksBefore } from '../../lab/paper-book.js';
import { sessionRules } from '../../lab/session-rules.js';
import { decideEvening, type EveningDecision } from '../../recommendation/decide.js';
import type { EveningContext } from '../evening-context.js';
import type { FlowStep, ReadArtifact } from '../flow.js';
import { readSessionFeatures } from './features.js';
import { readPredictions } from './predictions.js';

/** What happened to the book since the last evening, the strategy's decision under the risk rules, and the orders that follow from it. */
export function selectionStep(context: EveningContext): FlowStep {
  const { strategy, portfolio } = context.setup.config.config;
  return {
    name: 'selection',
    describe: 'take the book to the close and choose what to hold',
    inputs: async () => ({ settings: hashJson({ strategy, portfolio }), book: hashJson(context.before) }),
    async run({ read }) {
      const sectors = await readSectors(context.setup.store);
      const parts = { market: await context.market(), features: await context.features(), today: (await readSessionFeatures(read)).values, predictions: await readPredictions(read), sectors, marks: await readMarksBefore(context.setup.store, context.setup.asOf) };
      const evening = decideEvening(parts, context.before, sessionRules(context.setup.config.config, parts.market));
      return { 'selection.json': `${JSON.stringify(evening, (_, value: unknown) => (value instanceof Map ? { [MAP]: [...value] } : value), 1)}\n` };
    },
  };
}

/** Marks a map among plain values, which keep their order and would else be lost. */
const MAP = 'map';

/** The decision that the step kept. */
export async function readSelection(read: ReadArtifact): Promise<EveningDecision> {
  return JSON.parse(await read('selection', 'selection.json'), (_, value: unknown) => (isMap(value) ? new Map(value[MAP]) : value)) as EveningDecision;
}

const isMap = (value: unknown): value is { readonly [MAP]: [unknown, unknown][] } => typeof value === 'object' && value !== null && Array.isArray((value as { [MAP]?: unknown })[MAP]) && Object.keys(value).length === 1;
