import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { EventStream } from '../../core/events.js';
import { createRng } from '../../core/rng.js';
import type { DatasetTables } from '../../dataset/samples-of.js';
import type { Fold } from '../../dataset/split/splitter.js';
import type { Panel } from '../../table/panel.js';
import { AuditReport, type AuditCheck, type AuditEvent } from './audit-report.js';
import { runSteps } from './audit-steps.js';
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
  /** Only these checks, by name; all when absent. */
  readonly only?: readonly string[];
}

interface Question {
  readonly name: string;
  /** Whether the subject has what it asks about. */
  readonly applies: boolean;
  readonly run: () => AuditCheck | Promise<AuditCheck>;
}

/**
 * Whether what is judged has been learnt from: label spans of training and test are apart, everything is learnt from training sessions alone,
 * shuffled labels score nothing, no feature tells the label, those who left the universe are there, and no level of adjusted prices is read.
 */
export async function* auditLeakage(subject: LeakageSubject, { seed, folds = 2, shuffles = 3, only }: LeakageSettings): EventStream<AuditEvent, AuditReport> {
  const rng = createRng(seed).fork('audit/leakage');
  const { tables, splits, learners = [], scorers = [], universe, priceLevels: levels } = subject;
  const { sessions } = tables.features;
  const checks: AuditCheck[] = [];
  const questions: readonly Question[] = [
    { name: 'splits', applies: splits.length > 0, run: () => purgedSplits(splits, sessions, tables.labels.span) },
    { name: 'learning', applies: learners.length + scorers.length > 0, run: () => learning({ tables, folds: subject.folds.slice(-folds), learners, scorers, rng: rng.fork('learning') }) },
    { name: 'shuffled labels', applies: scorers.length > 0 && shuffles > 0, run: () => shuffledLabels({ tables, folds: subject.folds, scorers, shuffles, rng: rng.fork('shuffled') }) },
    { name: 'telling features', applies: true, run: () => tellingFeatures({ features: subject.features ?? tables.features, labels: tables.labels }) },
    { name: 'universe', applies: universe !== undefined, run: () => survivors(universe!) },
    { name: 'price levels', applies: levels !== undefined, run: () => priceLevels(levels!) },
  ];
  const asked = questions.filter(({ name, applies }) => applies && (only === undefined || only.includes(name)));
  yield* runSteps(asked.map((question) => ({ describe: question.name, run: async () => void checks.push(await question.run()) })));
  const day = (at: number): IsoDate | null => (sessions.length === 0 ? null : fromEpochDay(sessions.at(at)!));
  return new AuditReport({ audit: 'leakage', subject: subject.describe, first: day(0), last: day(-1), seed, checks });
}
