import type { TrainedModel } from '../models/trained-model.js';
import type { ModelSummary } from './recommendation.js';

/** The model of an evening and where it comes from. */
export interface EveningModel {
  readonly name: string;
  /** As reasons name it. */
  readonly title: string;
  readonly origin: ModelSummary['origin'];
  readonly trained: TrainedModel;
}
