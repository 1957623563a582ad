import { fromEpochDay } from '../../../core/dates.js';
import type { Fold } from '../../../dataset/split/splitter.js';
import { checkOf, counted, type AuditCheck, type AuditFinding } from '../audit-report.js';

/** A way to part sessions, with the folds that it gave. */
export interface AuditedSplit {
  readonly name: string;
  readonly folds: readonly Fold[];
  /** Sessions after a test block that nothing is to be learnt from; 0 when absent. */
  readonly embargo?: number;
}

interface Place {
  readonly fold: number;
  readonly train: number;
  readonly test: number;
}

/**
 * Whether no label that is learnt from reaches into one that is judged: the spans [t, t + span) of training and test sessions are
 * disjoint, and nothing is learnt from the sessions of the embargo after a test block.
 * @param sessions epoch days, [session]
 * @param span sessions that a label covers from its own on, `Labels.span`
 * @see López de Prado (2018), ch. 7.4
 */
export function purgedSplits(splits: readonly AuditedSplit[], sessions: Int32Array, span: number): AuditCheck {
  const findings = splits.flatMap(({ name, folds, embargo = 0 }) => [...overlap(name, folds, { sessions, span }), ...embargoed(name, folds, { sessions, embargo })]);
  const compared = splits.reduce((sum, { folds }) => sum + folds.length, 0);
  return checkOf({ name: 'splits', describe: `training and test labels of ${counted(compared, 'fold')} of ${splits.map(({ name }) => name).join(', ')}, each over ${counted(span, 'session')}`, compared, findings });
}

function overlap(name: string, folds: readonly Fold[], { sessions, span }: { readonly sessions: Int32Array; readonly span: number }): AuditFinding[] {
  const places = folds.flatMap(({ train, test }, fold) => pairs(train, test, (i, j) => Math.abs(i - j) < span).map((place) => ({ fold, ...place })));
  return finding(places, (first, count) => {
    const [train, test] = [dayOf(sessions, first.train), dayOf(sessions, first.test)];
    return {
      code: 'label-overlap', subject: name, symbol: null, session: train, expected: span, found: Math.abs(first.test - first.train), differences: count,
      message: `fold ${first.fold + 1} of "${name}" learns from ${train} and is judged on ${test}, ${counted(Math.abs(first.test - first.train), 'session')} away, with labels that cover ${counted(span, 'session')}; ${counted(count, 'training session')} share prices with a test label: purge them`,
    };
  });
}

function embargoed(name: string, folds: readonly Fold[], { sessions, embargo }: { readonly sessions: Int32Array; readonly embargo: number }): AuditFinding[] {
  const places = folds.flatMap(({ train, test }, fold) => pairs(train, test, (i, j) => i > j && i - j <= embargo).map((place) => ({ fold, ...place })));
  return finding(places, (first, count) => {
    const [train, test] = [dayOf(sessions, first.train), dayOf(sessions, first.test)];
    return {
      code: 'embargo-broken', subject: name, symbol: null, session: train, expected: embargo, found: first.train - first.test, differences: count,
      message: `fold ${first.fold + 1} of "${name}" learns from ${train}, ${counted(first.train - first.test, 'session')} after it was judged on ${test}, within its embargo of ${embargo}; ${counted(count, 'training session')} break it`,
    };
  });
}

/** Each training position with the first test position that it must not meet. */
function pairs(train: Int32Array, test: Int32Array, meets: (train: number, test: number) => boolean): Omit<Place, 'fold'>[] {
  return [...train].flatMap((i) => {
    const j = test.find((one) => meets(i, one));
    return j === undefined ? [] : [{ train: i, test: j }];
  });
}

const finding = (places: readonly Place[], tell: (first: Place, count: number) => AuditFinding): AuditFinding[] => (places.length === 0 ? [] : [tell(places[0], places.length)]);

const dayOf = (sessions: Int32Array, at: number): ReturnType<typeof fromEpochDay> => fromEpochDay(sessions[at]);
