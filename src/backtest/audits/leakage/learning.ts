import { fromEpochDay } from '../../../core/dates.js';
import type { Rng } from '../../../core/rng.js';
import type { DatasetTables } from '../../../dataset/samples-of.js';
import type { Fold } from '../../../dataset/split/splitter.js';
import type { Panel } from '../../../table/panel.js';
import { auditValue, checkOf, counted, valueText, type AuditCheck, type AuditFinding } from '../audit-report.js';
import { comparePanels } from '../compare-panels.js';
import { otherFeatures, otherLabels, sessionsOutside } from './disturbed-tables.js';

/** Something that learns numbers from the training sessions of a fold: a scaler, a choice of features. */
export interface AuditedLearner {
  readonly name: string;
  /** What was learnt, numbers by name. */
  learn(tables: DatasetTables, fold: Fold): Readonly<Record<string, ArrayLike<number>>> | Promise<Readonly<Record<string, ArrayLike<number>>>>;
}

/** A pipeline that learns from the training sessions of folds and scores the test sessions of each. */
export interface AuditedScorer {
  readonly name: string;
  /** Column `score` over the axes of the features; NaN on sessions that are not scored. */
  scores(tables: DatasetTables, folds: readonly Fold[]): Panel | Promise<Panel>;
}

export interface LearningInput {
  readonly tables: DatasetTables;
  readonly folds: readonly Fold[];
  readonly learners: readonly AuditedLearner[];
  readonly scorers: readonly AuditedScorer[];
  readonly rng: Rng;
}

/**
 * Whether everything is learnt from training sessions alone. What lies outside of them is replaced by noise, and nothing may change:
 * neither what was learnt, nor, with labels replaced, any score; with the features of later test sessions replaced, no score before them.
 */
export async function learning({ tables, folds, learners, scorers, rng }: LearningInput): Promise<AuditCheck> {
  const findings = new Map<string, AuditFinding>();
  let compared = 0;
  const note = (answer: { readonly compared: number; readonly finding: AuditFinding | null }): void => {
    compared += answer.compared;
    if (answer.finding === null) return;
    const key = `${answer.finding.code} ${answer.finding.subject}`;
    const before = findings.get(key);
    findings.set(key, before === undefined ? answer.finding : { ...before, differences: before.differences + answer.finding.differences });
  };
  for (const [index, fold] of folds.entries()) {
    const place: FoldPlace = { tables, fold, index, rng: rng.fork(String(index)) };
    for (const learner of learners) note(await whatIsLearnt(learner, place));
    for (const scorer of scorers) {
      note(await withOtherLabels(scorer, place));
      note(await withOtherFeatures(scorer, place));
    }
  }
  const names = [...learners, ...scorers].map(({ name }) => name).join(', ');
  return checkOf({ name: 'learning', describe: `${names} on ${counted(folds.length, 'fold')}, with noise in place of what lies outside of the training sessions`, compared, findings: [...findings.values()] });
}

interface FoldPlace {
  readonly tables: DatasetTables;
  readonly fold: Fold;
  readonly index: number;
  readonly rng: Rng;
}

interface Answer {
  readonly compared: number;
  readonly finding: AuditFinding | null;
}

async function whatIsLearnt(learner: AuditedLearner, { tables, fold, index, rng }: FoldPlace): Promise<Answer> {
  const outside = sessionsOutside(tables.features.sessions.length, fold.train);
  const other = { features: otherFeatures(tables.features, outside, rng.fork('features')), labels: otherLabels(tables.labels, outside, rng.fork('labels')) };
  const [before, after] = [await learner.learn(tables, fold), await learner.learn(other, fold)];
  const numbers = Object.entries(before).flatMap(([name, values]) => Array.from(values, (value, i) => ({ name, i, value, other: after[name]?.[i] ?? Number.NaN })));
  const changed = numbers.filter(({ value, other: now }) => !(value === now || (Number.isNaN(value) && Number.isNaN(now))));
  if (changed.length === 0) return learntElsewhere(learner, { tables, fold, index, rng }, before);
  const [{ name, i, value, other: now }] = changed;
  const message = `"${learner.name}" on fold ${index + 1}: ${name} ${i + 1} is ${valueText(value)}, and ${valueText(now)} when only sessions outside of training have other values; ${counted(changed.length, 'number')} of ${numbers.length} changed: it is fitted on more than its training sessions`;
  return { compared: numbers.length, finding: { code: 'learns-outside-training', subject: learner.name, symbol: null, session: null, expected: auditValue(value), found: auditValue(now), differences: changed.length, message } };
}

/** Numbers that noise in the training sessions does not change were not learnt from them. */
async function learntElsewhere(learner: AuditedLearner, { tables, fold, index, rng }: FoldPlace, before: Readonly<Record<string, ArrayLike<number>>>): Promise<Answer> {
  const compared = Object.values(before).reduce((sum, values) => sum + values.length, 0);
  const inside = sessionsOutside(tables.features.sessions.length, new Int32Array());
  const other = { features: otherFeatures(tables.features, inside, rng.fork('all features')), labels: otherLabels(tables.labels, inside, rng.fork('all labels')) };
  const after = await learner.learn(other, fold);
  const isSame = Object.entries(before).every(([name, values]) => Array.from(values).every((value, i) => Object.is(value, after[name]?.[i])));
  if (!isSame || compared === 0) return { compared, finding: null };
  const message = `"${learner.name}" on fold ${index + 1}: none of its ${counted(compared, 'number')} changes when all sessions have other values: they were taken from somewhere else, such as the whole sample, before the split`;
  return { compared, finding: { code: 'learnt-elsewhere', subject: learner.name, symbol: null, session: null, expected: null, found: null, differences: compared, message } };
}

async function withOtherLabels(scorer: AuditedScorer, { tables, fold, index, rng }: FoldPlace): Promise<Answer> {
  const outside = sessionsOutside(tables.features.sessions.length, fold.train);
  const other = { features: tables.features, labels: otherLabels(tables.labels, outside, rng.fork('labels')) };
  const { compared, differences } = comparePanels(await scores(scorer, tables, fold), await scores(scorer, other, fold));
  const [first] = differences;
  if (first === undefined) return { compared, finding: null };
  const session = fromEpochDay(first.session);
  const message = `score by "${scorer.name}" of ${first.symbol} on ${session}, fold ${index + 1}, is ${valueText(first.whole)}, and ${valueText(first.part)} when only labels outside of training are others; ${counted(first.count, 'score')} changed: labels of test sessions are learnt from`;
  return { compared, finding: { code: 'learns-from-test-labels', subject: scorer.name, symbol: first.symbol, session, expected: auditValue(first.whole), found: auditValue(first.part), differences: first.count, message } };
}

async function withOtherFeatures(scorer: AuditedScorer, { tables, fold, index, rng }: FoldPlace): Promise<Answer> {
  if (fold.test.length < 2) return { compared: 0, finding: null };
  const from = fold.test[Math.floor(fold.test.length / 2)];
  const later = sessionsOutside(tables.features.sessions.length, fold.train, from);
  const other = { features: otherFeatures(tables.features, later, rng.fork('later features')), labels: tables.labels };
  const earlier = (panel: Panel): Panel => panel.slice(0, from);
  const { compared, differences } = comparePanels(earlier(await scores(scorer, tables, fold)), earlier(await scores(scorer, other, fold)));
  const [first] = differences;
  if (first === undefined) return { compared, finding: null };
  const [session, since] = [fromEpochDay(first.session), fromEpochDay(tables.features.sessions[from])];
  const message = `score by "${scorer.name}" of ${first.symbol} on ${session}, fold ${index + 1}, is ${valueText(first.whole)}, and ${valueText(first.part)} when only features of test sessions from ${since} on are others; ${counted(first.count, 'score')} changed: something is scaled or chosen by sessions that were still to come`;
  return { compared, finding: { code: 'learns-from-later-features', subject: scorer.name, symbol: first.symbol, session, expected: auditValue(first.whole), found: auditValue(first.part), differences: first.count, message } };
}

/** Scores of the test sessions only. */
async function scores(scorer: AuditedScorer, tables: DatasetTables, fold: Fold): Promise<Panel> {
  return (await scorer.scores(tables, [fold])).columns(['score']);
}
