import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { EventStream } from '../../core/events.js';
import { createRng } from '../../core/rng.js';
import type { DatasetTables } from '../../dataset/samples-of.js';
import type { Fold } from '../../dataset/split/splitter.js';
import type { Panel } from '../../table/panel.js';
import { AuditReport, type AuditCheck, type AuditEvent } from './audit-report.js';
import { runSteps, type AuditStep } from './audit-steps.js';
import { learning, type AuditedLearner, type AuditedScorer } from './leakage/learning.js';
import { priceLevels, type PriceLevelsInput } from './leakage/price-levels.js';
import { purgedSplits, type AuditedSplit } from './leakage/purged-splits.js';
import { shuffledLabels } from './leakage/shuffled-labels.js';
import { survivors, type SurvivorsInput } from './leakage/survivors.js';
import { tellingFeatures } from './leakage/telling-features.js';

/** What is learnt, from what, and how the past is parted; what is absent is not asked about. */
export interface LeakageSubject {
  readonly describe: string;
  /** What learners and scorers learn from. */
  readonly tables: DatasetTables;
  /** Features that may tell too much, over the axes of the tables; those of the tables when absent. */
  readonly features?: Panel;
  readonly splits: readonly AuditedSplit[];
  /** Folds that learners and scorers are asked on. */
  readonly folds: readonly Fold[];
  readonly learners?: readonly AuditedLearner[];
  readonly scorers?: readonly AuditedScorer[];
  readonly universe?: SurvivorsInput;
  readonly priceLevels?: PriceLevelsInput;
}

export interface LeakageSettings {
  readonly seed: number;
  /** Folds on which what lies outside of training is replaced, the last ones; 2 when absent. */
  readonly folds?: number;
  /** Shuffles of labels of each kind; 3 when absent. */
  readonly shuffles?: number;
}

/**
 * Whether what is judged has been learnt from: label spans of training and test are apart, everything is learnt from training sessions alone,
 * shuffled labels score nothing, no feature tells the label, those who left the universe are there, and no level of adjusted prices is read.
 */
export async function* auditLeakage(subject: LeakageSubject, { seed, folds = 2, shuffles = 3 }: LeakageSettings): EventStream<AuditEvent, AuditReport> {
  const rng = createRng(seed).fork('audit/leakage');
  const { tables, splits, learners = [], scorers = [], universe, priceLevels: levels } = subject;
  const { sessions } = tables.features;
  const checks: AuditCheck[] = [];
  const step = (describe: string, run: () => AuditCheck | Promise<AuditCheck>): AuditStep => ({ describe, run: async () => void checks.push(await run()) });
  const steps = [
    ...(splits.length === 0 ? [] : [step('label spans of training and test', () => purgedSplits(splits, sessions, tables.labels.span))]),
    ...(learners.length + scorers.length === 0 ? [] : [step('what is learnt, from what', () => learning({ tables, folds: subject.folds.slice(-folds), learners, scorers, rng: rng.fork('learning') }))]),
    ...(scorers.length === 0 || shuffles === 0 ? [] : [step('labels that mean nothing', () => shuffledLabels({ tables, folds: subject.folds, scorers, shuffles, rng: rng.fork('shuffled') }))]),
    step('what single features tell', () => tellingFeatures({ features: subject.features ?? tables.features, labels: tables.labels })),
    ...(universe === undefined ? [] : [step('who is missing', () => survivors(universe))]),
    ...(levels === undefined ? [] : [step('levels of prices', () => priceLevels(levels))]),
  ];
  yield* runSteps(steps);
  const day = (at: number): IsoDate | null => (sessions.length === 0 ? null : fromEpochDay(sessions.at(at)!));
  return new AuditReport({ audit: 'leakage', subject: subject.describe, first: day(0), last: day(-1), seed, checks });
}
