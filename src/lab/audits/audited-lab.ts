import type { LoadedConfig } from '../../config/load.js';
import type { Clock } from '../../core/clock.js';
import type { Store } from '../../data/store/store.js';
import type { Universe } from '../../data/universe.js';
import type { Labels } from '../../dataset/labels/labels.js';
import type { Splitter } from '../../dataset/split/splitter.js';
import type { Forecaster } from '../../models/forecaster.js';
import type { Panel } from '../../table/panel.js';
import type { LabelOptions } from '../research/lab-labels.js';
import type { ResearchReference } from '../research/research.js';
import type { Scores } from '../research/scores.js';

/** What audits ask of a lab. */
export interface AuditedLab {
  readonly config: LoadedConfig;
  readonly store: Store;
  universe(name?: string): Promise<Universe>;
  panel(request?: { readonly start?: string; readonly end?: string }): Promise<Panel>;
  labels(bars: Panel, options: LabelOptions): Labels;
  crossFit(forecaster: Forecaster, features: Panel, labels: Labels, splitter: Splitter, options?: { readonly fresh?: boolean }): Promise<Scores>;
}

/** Makes a lab over another store, with settings of its own. */
export type MakeLab<L extends AuditedLab> = (parts: { readonly config: LoadedConfig; readonly store: Store; readonly clock: Clock; readonly reference: ResearchReference }) => L;
