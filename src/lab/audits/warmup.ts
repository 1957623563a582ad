import type { IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import { createRng } from '../../core/rng.js';
import { checkOf, counted, notApplicable, valueText, type AuditCheck, type AuditEvent, type AuditReport } from '../../backtest/audits/audit-report.js';
import { compareRecords } from '../../backtest/audits/compare-records.js';
import { auditWarmup, type WarmupSubject, type WarmupTable } from '../../backtest/audits/warmup.js';
import type { LoadedConfig } from '../../config/load.js';
import { betweenSessions } from '../../features/compute/cut.js';
import type { FeatureInputs } from '../../features/compute/feature-inputs.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import { cleanStart } from '../../features/laws/warm-up.js';
import { openBook } from '../../portfolio/book.js';
import { decisionFeatures } from '../../recommendation/decision-features.js';
import { createStrategy } from '../../strategy/registry.js';
import { chooseModel, pastNeed, withModelFeatures } from '../models/evening-model.js';
import { wantedFeatures } from '../session-features.js';
import { auditedInputs, auditedValues, chosenFeatures } from './audited-features.js';
import type { AuditedLab, MakeLab } from './audited-lab.js';
import { auditedNames } from './audited-names.js';
import { decideAgain, decideByReplay, replayableSessions, sessionsBetween, type ReplayLab } from './audited-replay.js';
import { auditedLabels, auditedModel, auditedScores, type AuditedModel } from './audited-scores.js';
import { LabsInTime } from './labs-in-time.js';
import { isAsked, type AuditOptions } from './options.js';

export interface WarmupOptions extends AuditOptions, Partial<AuditedModel> {
  /** Names of features, families, sets, or features of your own; `all` when absent. */
  readonly features?: readonly (string | Feature)[];
  /** Sessions at which history is made to begin, drawn at random; 3 when absent. */
  readonly cuts?: number;
}

export const WARMUP_OPTIONS = ['features', 'cuts', 'forecaster', 'splitter'] as const;

/** The warm-up audit of a lab. */
export async function* labWarmup<L extends AuditedLab>(lab: L, make: MakeLab<L>, options: WarmupOptions): EventStream<AuditEvent, AuditReport> {
  const labs = await LabsInTime.open(lab, make);
  try {
    const { seed = lab.config.config.seed, cuts = 3 } = options;
    return yield* auditWarmup(await subjectOf(labs.whole, { ...options, seed }), { seed, cuts });
  } finally {
    await labs.close();
  }
}

async function subjectOf(lab: AuditedLab, options: WarmupOptions & { readonly seed: number }): Promise<WarmupSubject> {
  const { features: wanted = ['all'], symbols: given, names: count = 24 } = options;
  const history = await sessionsBetween(lab.store, options.since, options.until);
  const [first, last] = [history[0], history[history.length - 1]];
  const features = chosenFeatures(lab, wanted);
  const symbols = await auditedNames(lab, { ...(given ? { symbols: given } : {}), count, first, last, rng: createRng(options.seed).fork('audit/names') });
  const read = await auditedInputs(lab, { symbols, until: last, features });
  const inputs = betweenSessions(read, read.bars.indexOf(first), read.bars.sessions.length);
  return {
    describe: `${features.length} features of ${inputs.bars.symbols.length} names, and of scores`,
    sessions: inputs.bars.sessions,
    tables: [featureTable(inputs, features), ...scoreTable(lab, { inputs, features, options })].filter(({ name }) => isAsked(options, name)),
    besides: [
      { name: 'evening history', describe: 'what an evening reads', run: () => eveningHistory(lab.config, last) },
      { name: 'decisions', describe: 'an evening with no more history than is needed', run: () => shortEvening(lab, last) },
    ].filter(({ name }) => isAsked(options, name)),
  };
}

function featureTable(inputs: FeatureInputs, features: readonly Feature[]): WarmupTable {
  const lookbacks = new Map(features.map(({ name, lookback }) => [name, lookback]));
  const width = inputs.bars.sessions.length;
  const clean = new Set(Array.from({ length: Math.floor(width / 2) }, (_, t) => cleanStart(inputs, t)).filter((t) => t > 0 && t < width - 1));
  return { name: 'features', starts: Int32Array.from(clean).sort(), emptyFor: (column) => lookbacks.get(column)!, compute: (start) => auditedValues(betweenSessions(inputs, start, width), features) };
}

/** Scores of a model that is walked forward: history that begins a whole number of tests later has the same folds. */
function scoreTable(lab: AuditedLab, { inputs, features, options }: { readonly inputs: FeatureInputs; readonly features: readonly Feature[]; readonly options: WarmupOptions }): WarmupTable[] {
  const width = inputs.bars.sessions.length;
  const model = auditedModel(width, options);
  const [train, test] = [Number(model.splitter.params['train']), Number(model.splitter.params['test'])];
  const isRolling = model.splitter.name === 'walk-forward' && model.splitter.params['mode'] === 'rolling' && model.splitter.params['start'] === undefined;
  const learnt = features.filter(({ family }) => family === 'momentum');
  if (!isRolling || learnt.length === 0) return [];
  const lookback = Math.max(...learnt.map((feature) => feature.lookback));
  const span = lab.config.config.training.horizon + 1;
  const firstScored = train - 1 + span + Number(model.splitter.params['embargo'] ?? 0);
  const needs = lookback + firstScored;
  const starts = Array.from({ length: Math.floor((width - needs) / test) }, (_, k) => (k + 1) * test).filter((start) => start + needs < width);
  return [{
    name: 'scores',
    starts: Int32Array.from(starts),
    emptyFor: () => firstScored,
    needs: () => needs,
    async compute(start) {
      const own = betweenSessions(inputs, start, width);
      return auditedScores(lab, { features: auditedValues(own, learnt), labels: auditedLabels(lab, own.bars) }, model);
    },
  }];
}

/** What an evening computes, its strategy included, and how much history that needs. */
async function eveningNeeds({ config, paths }: LoadedConfig, session: IsoDate): Promise<{ readonly features: readonly Feature[]; readonly strategy: number; readonly network: number; readonly sessions: number }> {
  const strategy = createStrategy(config.strategy);
  const chosen = await chooseModel({ asOf: session, settings: config.forecast, folder: paths.models });
  const features = [...new Set([...withModelFeatures(wantedFeatures(config.features, strategy).all, chosen), ...decisionFeatures(strategy)])];
  const of = (feature: Feature): number => (feature.kind === 'cross-section' ? (FEATURES.find(({ name }) => name === feature.of)?.lookback ?? feature.lookback) : feature.lookback);
  const network = pastNeed(chosen)?.sessions ?? 0;
  return { features, strategy: strategy.lookback, network, sessions: Math.max(network, 1 + Math.max(strategy.lookback, ...features.map(of))) };
}

/** Whether the history that an evening reads is long enough for everything that it computes. */
async function eveningHistory(config: LoadedConfig, session: IsoDate): Promise<AuditCheck> {
  const { history } = config.config.data;
  const { features, strategy, network, sessions } = await eveningNeeds(config, session);
  const short = [...features.map(({ name, lookback }) => ({ name, lookback })), { name: 'the strategy', lookback: strategy }, ...(network > 0 ? [{ name: 'the past of the network', lookback: network - 1 }] : [])].filter(({ lookback }) => lookback >= history);
  const findings = short.map(({ name, lookback }) => ({ code: 'history-too-short', subject: name, symbol: null, session: null, expected: lookback + 1, found: history, differences: 1, message: `${name} needs ${counted(lookback + 1, 'session')}, and an evening reads ${history} (data.history): it never has a value` }));
  return checkOf({ name: 'evening history', describe: `${counted(features.length, 'feature')} and the strategy against data.history of ${history} sessions`, compared: features.length + 1, findings, notes: [`longest: ${counted(sessions, 'session')}`] });
}

/** Whether an evening decides the same on no more history than it says that it needs. */
async function shortEvening(lab: AuditedLab, last: IsoDate): Promise<AuditCheck> {
  const [name, describe] = ['decisions', 'the last evening decided with no more history than its features and its strategy declare'];
  const { config } = lab;
  try {
    await replayableSessions(config, [last]);
  } catch (error) {
    if (!(error instanceof ConfigError && error.code === 'NO_MODEL')) throw error;
    return notApplicable(name, describe, error.message);
  }
  const { sessions } = await eveningNeeds(config, last);
  if (sessions >= config.config.data.history) return notApplicable(name, describe, `it reads ${config.config.data.history} sessions, no more than the ${sessions} that are needed`);
  const book = openBook(config.config.portfolio.initialCash);
  const short: ReplayLab = { store: lab.store, config: { ...config, config: { ...config.config, data: { ...config.config.data, history: sessions } } } };
  const [whole, part] = [await decideAgain(lab, decideByReplay, { session: last, book }), await decideAgain(short, decideByReplay, { session: last, book })];
  const { compared, differences } = compareRecords(whole, part);
  const [first] = differences;
  const findings = first === undefined ? [] : [{
    code: 'needs-more-than-declared', subject: first.field, symbol: first.symbol, session: first.session, expected: first.expected, found: first.found, differences: differences.length,
    message: `${first.field} of ${first.symbol} on ${first.session} is ${valueText(first.expected)} with ${counted(config.config.data.history, 'session')} of history, ${valueText(first.found)} with the ${sessions} that are declared; ${counted(differences.length, 'answer')} of ${counted(compared, 'answer')} differ`,
  }];
  return checkOf({ name, describe, compared, findings, notes: [`${sessions} instead of ${config.config.data.history} sessions`] });
}
