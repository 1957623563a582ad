import type { Rng } from '../../../core/rng.js';
import type { Labels } from '../../../dataset/labels/labels.js';
import type { DatasetTables } from '../../../dataset/samples-of.js';
import type { Fold } from '../../../dataset/split/splitter.js';
import { mean, neweyWestT } from '../../../math/stats.js';
import type { ColumnValues, Panel } from '../../../table/panel.js';
import { checkOf, counted, type AuditCheck, type AuditFinding } from '../audit-report.js';
import type { AuditedScorer } from './learning.js';
import { SessionCorrelations } from './session-correlations.js';

/** Standard errors that a mean rank IC may lie from 0: further by chance in one of 16,000 tries. */
const BAND = 4;
/** Sessions by which labels are moved at least: beyond what neighbours share. */
const LEAST_SHIFT = 63;

export interface ShuffledLabelsInput {
  readonly tables: DatasetTables;
  readonly folds: readonly Fold[];
  readonly scorers: readonly AuditedScorer[];
  /** Shuffles of each kind. */
  readonly shuffles: number;
  readonly rng: Rng;
}

/**
 * Whether labels that mean nothing score nothing: the whole pipeline learns them and is judged on them.
 *
 * Permuted within each session, scores and labels are independent, and of n names the rank IC has the deviation 1 / √(n − 1):
 * the mean over sessions must lie within four standard errors of 0. Taken from at least 63 sessions
 * later, for all names alike, labels keep what neighbouring sessions and names share; standard errors are then Newey and West's, with as many
 * lags as a label spans.
 */
export async function shuffledLabels({ tables, folds, scorers, shuffles, rng }: ShuffledLabelsInput): Promise<AuditCheck> {
  const findings: AuditFinding[] = [];
  const told: string[] = [];
  let compared = 0;
  for (const scorer of scorers) {
    for (const kind of KINDS) {
      const tries: NullScore[] = [];
      for (let i = 0; i < shuffles; i++) {
        const labels = kind.shuffle(tables.labels, rng.fork(`${kind.name} ${i}`));
        tries.push(nullScore(await scorer.scores({ features: tables.features, labels }, folds), labels, kind));
      }
      compared += tries.reduce((sum, { sessions }) => sum + sessions, 0);
      const furthest = tries.reduce((most, one) => (Math.abs(one.deviations) > Math.abs(most.deviations) ? one : most));
      told.push(`${scorer.name}, labels ${kind.name}: mean rank IC ${tries.map(({ rankIc }) => rankIc.toFixed(4)).join(', ')}, at most ${Math.abs(furthest.deviations).toFixed(1)} standard errors from 0`);
      if (Math.abs(furthest.deviations) > BAND) findings.push(finding(scorer, kind, furthest));
    }
  }
  return checkOf({ name: 'shuffled labels', describe: `${counted(shuffles, 'shuffle')} of each kind, learnt and judged by the whole pipeline; mean rank IC within ${BAND} standard errors of 0`, compared, findings, notes: told });
}

interface Shuffle {
  readonly name: string;
  readonly shuffle: (labels: Labels, rng: Rng) => Labels;
  /** Whether sessions are independent of each other. */
  readonly isIndependent: boolean;
}

const KINDS: readonly Shuffle[] = [
  { name: 'permuted within sessions', shuffle: permuted, isIndependent: true },
  { name: 'taken from later sessions', shuffle: moved, isIndependent: false },
];

interface NullScore {
  readonly rankIc: number;
  /** Standard errors from 0. */
  readonly deviations: number;
  readonly sessions: number;
}

function finding(scorer: AuditedScorer, { name }: Shuffle, { rankIc, deviations, sessions }: NullScore): AuditFinding {
  const message = `scores by "${scorer.name}" foretell labels that were ${name}: mean rank IC ${rankIc.toFixed(4)} over ${counted(sessions, 'session')}, ${Math.abs(deviations).toFixed(1)} standard errors from 0, where at most ${BAND} are chance: what is judged is learnt from, or features are made of labels`;
  return { code: 'shuffled-labels-score', subject: scorer.name, symbol: null, session: null, expected: 0, found: rankIc, differences: sessions, message };
}

function nullScore(scores: Panel, labels: Labels, { isIndependent }: Shuffle): NullScore {
  const found = new SessionCorrelations(labels.panel.column('label'), labels.panel).of(scores.column('score'));
  const rankIcs = found.map(({ correlation }) => correlation);
  const rankIc = mean(rankIcs);
  const exact = Math.sqrt(found.reduce((sum, { names }) => sum + 1 / (names - 1), 0)) / found.length;
  const deviations = isIndependent ? rankIc / exact : (neweyWestT(rankIcs, labels.span) ?? 0);
  return { rankIc: found.length === 0 ? 0 : rankIc, deviations: found.length === 0 ? 0 : deviations, sessions: found.length };
}

function permuted(labels: Labels, rng: Rng): Labels {
  return withLabels(labels, (values, width) => {
    const result = values.slice();
    for (let t = 0; t < width; t++) {
      const cells: number[] = [];
      for (let at = t; at < values.length; at += width) if (!Number.isNaN(values[at])) cells.push(at);
      rng.shuffle(cells).forEach((from, i) => (result[cells[i]] = values[from]));
    }
    return result;
  });
}

/**
 * The labels of `by` sessions later, for all names alike: of earlier ones features know much, as a past return is a label that has come. Where
 * there are no later ones, those of the beginning, permuted.
 */
function moved(labels: Labels, rng: Rng): Labels {
  const known = labels.panel.sessions.length - labels.span;
  const by = rng.integer(Math.min(LEAST_SHIFT, Math.floor(known / 4)), Math.max(LEAST_SHIFT, Math.floor(known / 3)));
  const beginning = permuted(labels, rng).panel.column('label');
  return withLabels(labels, (values, width) => {
    const result = values.slice().fill(Number.NaN);
    for (let start = 0; start < values.length; start += width) for (let t = 0; t < known; t++) result[start + t] = t + by < known ? values[start + t + by] : beginning[start + t + by - known];
    return result;
  });
}

/** The same labels with others in place: whoever asks for another horizon gets the true ones. */
function withLabels(labels: Labels, change: (values: ColumnValues, width: number) => ColumnValues): Labels {
  const { panel } = labels;
  return { ...labels, panel: panel.with({ label: change(panel.column('label'), panel.sessions.length) }) };
}
