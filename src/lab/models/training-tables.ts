import type { Labels } from '../../dataset/labels/labels.js';
import type { DatasetTables } from '../../dataset/samples-of.js';
import type { TrainingConfig } from '../../models/config.js';
import type { Panel } from '../../table/panel.js';
import type { LabelOptions } from '../research/lab-labels.js';

/** The parts of a lab that tables are made by. */
export interface TablesSource {
  panel(span: { readonly start?: string; readonly end?: string }): Promise<Panel>;
  features(bars: Panel, wanted: readonly string[]): Promise<Panel>;
  labels(bars: Panel, options: LabelOptions): Labels;
}

export interface TrainingTables extends DatasetTables {
  readonly bars: Panel;
  readonly labels: Labels;
}

/** Features and labels as the configuration says, over the members of the configured universe. */
export async function trainingTables(lab: TablesSource, settings: TrainingConfig, span: { readonly start?: string; readonly end?: string }): Promise<TrainingTables> {
  const bars = await lab.panel(span);
  const features = await lab.features(bars, settings.features);
  return { bars, features, labels: lab.labels(bars, labelOptions(settings)) };
}

/** The labels that a model is trained on. */
export function labelOptions({ horizon, residual, rank }: Pick<TrainingConfig, 'horizon' | 'residual' | 'rank'>): LabelOptions {
  return { horizon, ...(residual === 'none' ? {} : { residual }), ...(rank ? { rank } : {}) };
}
