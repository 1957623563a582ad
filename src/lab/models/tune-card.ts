import { readCardFile, writeCard } from '../../models/model-card.js';
import type { FitContext } from '../../models/forecaster.js';
import type { ForecasterFactory } from '../../models/registry.js';
import { TrainedModel } from '../../models/trained-model.js';

const CARD = 'card.json';

/** The same model with a further note on its card; the one that was given is disposed of. */
export async function withNote(model: TrainedModel, note: string, registry: Readonly<Record<string, ForecasterFactory>>, context: FitContext): Promise<TrainedModel> {
  try {
    const saved = await model.save();
    const { card, files } = readCardFile(saved[CARD] as string, CARD);
    return await TrainedModel.load({ ...saved, [CARD]: writeCard({ ...card, notes: [...card.notes, note] }, files) }, registry, context);
  } finally {
    model.dispose();
  }
}
