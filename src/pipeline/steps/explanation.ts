import { hashJson } from '../../core/hash.js';
import { VERSION } from '../../core/version.js';
import { eveningDocument } from '../../lab/evening-document.js';
import { chainsHash } from '../../lab/options/chains-hash.js';
import { readEveningHistory, type EveningHistory } from '../../lab/evening-history.js';
import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import type { EveningContext } from '../evening-context.js';
import type { FlowStep, ReadArtifact } from '../flow.js';
import { readSessionFeatures } from './features.js';
import { readPredictions } from './predictions.js';
import { readSelection } from './selection.js';

/** The document of the evening: every decision with reasons and numbers a person can check. */
export function explanationStep(context: EveningContext): FlowStep {
  const { asOf, booked, config, store } = context.setup;
  let history: Promise<EveningHistory> | null = null; // no other run writes while this one holds the lock
  const known = (): Promise<EveningHistory> => (history ??= readEveningHistory(store, asOf));
  return {
    name: 'explanation',
    describe: 'write down the reasons',
    inputs: async () => ({ configuration: config.hash, booked: String(booked), history: hashJson(await known()), options: await chainsHash(store) }),
    async run({ read }) {
      const market = await context.market();
      const document = await eveningDocument({
        store,
        config: config.config,
        market,
        strategy: context.strategy,
        predictions: await readPredictions(read),
        evening: await readSelection(read),
        features: { ...(await readSessionFeatures(read)), shown: context.wanted.shown },
        booked,
        history: await known(),
        provenance: { version: VERSION, seed: config.config.seed, configHash: config.hash, dataHash: market.dataHash },
      });
      return { 'recommendations.json': `${JSON.stringify(document, null, 2)}\n` };
    },
  };
}

/** The document that the step kept. */
export async function readDocument(read: ReadArtifact): Promise<RecommendationDocument> {
  return JSON.parse(await read('explanation', 'recommendations.json')) as RecommendationDocument;
}
