import type { Labels } from '../../dataset/labels/labels.js';
import type { DatasetTables } from '../../dataset/samples-of.js';
import type { TrainingConfig } from '../../models/config.js';
import type { Forecaster } from '../../models/forecaster.js';
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

/**
 * The settings as a forecaster takes them: its own features where it has some, and for networks ranks of features, and returns in place of their ranks,
 * whose quantiles they foretell (the order within a session they learn from the returns).
 */
export function trainingFor({ features, isNetwork = false }: Forecaster, settings: TrainingConfig): TrainingConfig {
  return { ...settings, ...(features === null ? {} : { features: [...features] }), ...(isNetwork ? { rank: false, normalize: 'rank' as const } : {}) };
}

/** The labels that a model is trained on. */
export function labelOptions({ horizon, residual, rank }: Pick<TrainingConfig, 'horizon' | 'residual' | 'rank'>): LabelOptions {
  return { horizon, ...(residual === 'none' ? {} : { residual }), ...(rank ? { rank } : {}) };
}
