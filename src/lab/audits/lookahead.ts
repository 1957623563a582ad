import { toEpochDay, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import { createRng } from '../../core/rng.js';
import { notApplicable, type AuditCheck, type AuditEvent, type AuditReport } from '../../backtest/audits/audit-report.js';
import { auditLookahead, type AuditedSessions, type AuditedTable, type LookaheadSubject } from '../../backtest/audits/lookahead.js';
import { sessionRecords } from '../../backtest/audits/session-records.js';
import type { Feature } from '../../features/feature.js';
import { nearly } from '../../features/laws/breach.js';
import type { Panel } from '../../table/panel.js';
import { auditedInputs, auditedValues, chosenFeatures } from './audited-features.js';
import type { AuditedLab, MakeLab } from './audited-lab.js';
import { auditedMembers } from './audited-members.js';
import { auditedNames } from './audited-names.js';
import { decideAgain, decideByReplay, decideSessions, replayableSessions, replayedFills, sessionsBetween, type Decide, type DecidedSession } from './audited-replay.js';
import { auditedLabels, auditedModel, auditedScores, namesLearnt, type AuditedModel } from './audited-scores.js';
import { lateSessions } from './late-sessions.js';
import { LabsInTime } from './labs-in-time.js';
import { isAsked, type AuditOptions } from './options.js';

export interface LookaheadOptions<L> extends AuditOptions, Partial<AuditedModel> {
  /** Names of features, families, sets, or features of your own; `all` when absent. */
  readonly features?: readonly (string | Feature)[];
  /** Sessions at which the data is cut, drawn at random; 3 when absent. */
  readonly cuts?: number;
  /** Last sessions that are decided by a replay; 10 when absent, 0 for none. */
  readonly decided?: number;
  /** Of those, how many are decided again on what was known; 2 when absent. */
  readonly again?: number;
  /** Tables of your own, as functions of the lab that they are given: `{ mine: async (then) => … }`; `features`, `scores` and `members` take the place of ours. */
  readonly tables?: Readonly<Record<string, (then: L) => Panel | Promise<Panel>>>;
  /** Decisions of your own instead of the replay of the configured strategy. */
  readonly decide?: Decide<L>;
}

export const LOOKAHEAD_OPTIONS = ['features', 'cuts', 'decided', 'again', 'tables', 'decide', 'forecaster', 'splitter'] as const;

/** Last sessions that are decided, unless told. */
const DECIDED = 10;

const asksForDecisions = (options: Pick<LookaheadOptions<never>, 'decided' | 'only'>): boolean => (options.decided ?? DECIDED) > 0 && (isAsked(options, 'decisions') || isAsked(options, 'fills'));

/** Sessions before the first that the data is cut at. */
const SOME_HISTORY = 60;

/** The lookahead audit of a lab: each cut is a lab whose store holds only what was known then. */
export async function* labLookahead<L extends AuditedLab>(lab: L, make: MakeLab<L>, options: LookaheadOptions<L>): EventStream<AuditEvent, AuditReport> {
  const labs = await LabsInTime.open(lab, make);
  try {
    if (asksForDecisions(options)) yield { kind: 'step', describe: 'sessions decided on everything', done: 0, of: 0 };
    const { seed = lab.config.config.seed, cuts = 3, again = 2 } = options;
    return yield* auditLookahead(await subjectOf(labs, { ...options, seed }), { seed, cuts, decisions: again });
  } finally {
    await labs.close();
  }
}

async function subjectOf<L extends AuditedLab>(labs: LabsInTime<L>, options: LookaheadOptions<L> & { readonly seed: number }): Promise<LookaheadSubject<L>> {
  const { whole } = labs;
  const { since, until, features: wanted = ['all'], tables: own = {} } = options;
  const history = await sessionsBetween(whole.store, undefined, until);
  const last = history[history.length - 1];
  const sessions = history.slice(Math.min(SOME_HISTORY, history.length - 1)).filter((session) => since === undefined || session >= since);
  const features = chosenFeatures(whole, wanted);
  const { symbols: given, names: count = 24 } = options;
  const symbols = await auditedNames(whole, { ...(given ? { symbols: given } : {}), count, first: history[0], last, rng: createRng(options.seed).fork('audit/names') });
  const all = { ...ourTables<L>({ symbols, features, last, sessions: history.length, options }), ...own };
  const tables = Object.fromEntries(Object.entries(all).filter(([name]) => isAsked(options, name)));
  const decisions = await decisionsOf(labs, { sessions, options });
  return {
    describe: `${features.length} features of ${symbols.length} names, ${Object.keys(tables).filter((name) => name !== 'features').join(', ')}`,
    whole,
    sessions: Int32Array.from(sessions, toEpochDay),
    telling: Int32Array.from(await lateSessions(whole.store), toEpochDay),
    at: (session) => labs.at(session),
    tables: Object.entries(tables).map(([name, compute]): AuditedTable<L> => ({ name, compute, same: nearly })),
    ...decisions,
  };
}

interface OurTables<L> {
  readonly symbols: readonly string[];
  readonly features: readonly Feature[];
  readonly last: IsoDate;
  readonly sessions: number;
  readonly options: LookaheadOptions<L>;
}

/** Members, features and scores as functions of a lab; what two of them need of one lab is computed once. */
function ourTables<L extends AuditedLab>({ symbols, features, last, sessions, options }: OurTables<L>): Record<string, (then: L) => Promise<Panel>> {
  const model = auditedModel(sessions, options);
  const computed = new WeakMap<L, Promise<{ readonly bars: Panel; readonly values: Panel }>>();
  const computeOf = async (then: L): Promise<{ readonly bars: Panel; readonly values: Panel }> => {
    const inputs = await auditedInputs(then, { symbols, until: last, features });
    return { bars: inputs.bars, values: auditedValues(inputs, features) };
  };
  const of = (then: L): ReturnType<typeof computeOf> => {
    const known = computed.get(then) ?? computeOf(then);
    computed.set(then, known);
    return known;
  };
  return {
    members: (then) => auditedMembers(then, last),
    features: async (then) => (await of(then)).values,
    scores: async (then) => {
      const { bars, values } = await of(then);
      return auditedScores(then, { features: values.columns(namesLearnt(features, values)), labels: auditedLabels(then, bars) }, model);
    },
  };
}

type DecisionParts<L> = Pick<LookaheadSubject<L>, 'decided' | 'fills' | 'besides'>;

/** Decisions of the last sessions and their fills; why not, where there is nothing to replay. */
async function decisionsOf<L extends AuditedLab>(labs: LabsInTime<L>, { sessions, options }: { readonly sessions: readonly IsoDate[]; readonly options: LookaheadOptions<L> }): Promise<DecisionParts<L>> {
  if (!asksForDecisions(options)) return {};
  const { decided: count = DECIDED, decide = decideByReplay } = options;
  const asked = sessions.slice(-count);
  try {
    const replayed = options.decide === undefined ? await replayableSessions(labs.whole.config, asked) : asked;
    const found = await decideSessions(labs.whole, decide, { from: replayed[0], to: replayed[replayed.length - 1] });
    return { ...(isAsked(options, 'decisions') ? { decided: [decidedSessions(found, decide)] } : {}), ...(isAsked(options, 'fills') ? { fills: await replayedFills(labs.whole, found) } : {}) };
  } catch (error) {
    if (!(error instanceof ConfigError && error.code === 'NO_MODEL')) throw error;
    const why = (name: string): AuditCheck => notApplicable(name, 'decided session by session', error.message);
    return { besides: [why('decisions'), why('fills')] };
  }
}

function decidedSessions<L extends AuditedLab>(found: ReadonlyMap<IsoDate, DecidedSession>, decide: Decide<L>): AuditedSessions<L> {
  return {
    name: 'decisions',
    sessions: Int32Array.from(found.keys(), toEpochDay),
    whole: (session) => sessionRecords(found.get(session)!.result),
    again: (then, session) => decideAgain(then, decide, { session, book: found.get(session)!.before }),
    same: nearly,
  };
}
