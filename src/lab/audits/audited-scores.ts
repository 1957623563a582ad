import { ConfigError } from '../../core/errors.js';
import type { Labels } from '../../dataset/labels/labels.js';
import { walkForward } from '../../dataset/split/walk-forward.js';
import type { Splitter } from '../../dataset/split/splitter.js';
import { ridge } from '../../models/baselines/ridge.js';
import type { Feature } from '../../features/feature.js';
import type { Forecaster } from '../../models/forecaster.js';
import type { Panel } from '../../table/panel.js';
import { labelOptions } from '../models/training-tables.js';
import type { AuditedLab } from './audited-lab.js';

/** Who foretells, learnt from what and how. */
export interface AuditedModel {
  readonly forecaster: Forecaster;
  readonly splitter: Splitter;
}

/** Sessions learnt from and judged on: fewer than models are trained on, so that the bundled sample has many folds. */
const [TRAIN, TEST] = [252, 126];
/** Least sessions to learn from, where history is short. */
const LEAST = 60;

/** Ridge regression walked forward over what history there is: quick, and of the same loop as every other forecaster. */
export function auditedModel(sessions: number, { forecaster = ridge(), splitter }: Partial<AuditedModel> = {}): AuditedModel {
  const train = Math.max(LEAST, Math.min(TRAIN, Math.floor(sessions / 3)));
  return { forecaster, splitter: splitter ?? walkForward({ train, test: Math.min(TEST, Math.floor(train / 2)) }) };
}

/** Labels as models are trained on. */
export function auditedLabels(lab: AuditedLab, bars: Panel): Labels {
  return lab.labels(bars, labelOptions(lab.config.config.training));
}

/** Scores of test sessions by the research loop of a lab; none where there are too few sessions to learn from. */
export async function auditedScores(lab: AuditedLab, tables: { readonly features: Panel; readonly labels: Labels }, { forecaster, splitter }: AuditedModel): Promise<Panel> {
  const { features, labels } = tables;
  try {
    splitter.split({ sessions: features.sessions.length, span: labels.span });
  } catch (error) {
    if (!(error instanceof ConfigError && error.code === 'BAD_SPLIT')) throw error;
    return features.columns([]).with({ score: new Float64Array(features.symbols.length * features.sessions.length).fill(Number.NaN) });
  }
  return (await lab.crossFit(forecaster, features, labels, splitter, { fresh: true })).panel.columns(['score']);
}

/** What audits learn from: the family momentum where it is there, else the first of what is, as every fold is learnt again and again. */
export function namesLearnt(features: readonly Feature[], values: Panel): string[] {
  const momentum = features.filter(({ name, family }) => family === 'momentum' && values.has(name)).map(({ name }) => name);
  return momentum.length > 0 ? momentum : values.columnNames.slice(0, FEW);
}

const FEW = 20;
