import { availableParallelism } from 'node:os';

import { XNYS } from '../../core/calendar.js';
import { codeFingerprint } from '../../core/code-fingerprint.js';
import type { IsoDate } from '../../core/dates.js';
import { AppError, ConfigError } from '../../core/errors.js';
import { result } from '../../core/events.js';
import { hashJson } from '../../core/hash.js';
import { suggest } from '../../core/suggest.js';
import { membershipTable, type Market } from '../../data/market.js';
import { forwardLabels } from '../../dataset/labels/forward-labels.js';
import { samplesOf } from '../../dataset/samples-of.js';
import { computeFeatures } from '../../features/compute/compute-features.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import type { ForecastConfig } from '../../models/config.js';
import type { FitContext, Forecaster } from '../../models/forecaster.js';
import { createForecaster, FORECASTERS } from '../../models/registry.js';
import { trainModel } from '../../models/train-model.js';
import { TrainedModel } from '../../models/trained-model.js';
import type { EveningModel } from '../../recommendation/evening-model.js';
import { modelNamed, readModelFiles, storedModels, type StoredModel, type StoredModels } from './model-folder.js';
import { championAmong, promotedModels, type PromotedModel } from './promoted-models.js';

/** Methods that learn nothing and are measured on the past sessions of the evening itself. */
const EVENING_METHODS = ['momentum', 'reversal', 'low-volatility'] as const;
type EveningMethod = (typeof EVENING_METHODS)[number];

const TITLES: Readonly<Record<EveningMethod, string>> = { momentum: '12-1 momentum', reversal: '5-session reversal', 'low-volatility': 'low volatility' };

export interface ModelRequest {
  readonly asOf: IsoDate;
  readonly settings: ForecastConfig;
  /** Folder of the project's own models. */
  readonly folder: string;
  /** What is there, where it was looked for already. */
  readonly models?: StoredModels;
}

/** Which model an evening stands on, and what was passed over to get there. */
export interface ChosenModel {
  readonly stored: StoredModel | null;
  /** Network whose ranks are averaged with those of the model. */
  readonly network: StoredModel | null;
  /** Without a stored model, the method that is measured on the evening's own past. */
  readonly method: EveningMethod;
  readonly notices: readonly string[];
  /** Changes whenever another model would be used. */
  readonly identity: string;
}

/**
 * The model that is set, or with `auto` the champion that was promoted last, else the newest, of those that had learnt from nothing later than
 * what was known on the session, own models before released ones.
 * @throws ConfigError for a name that is unknown, or a model that learnt from later sessions
 */
export async function chooseModel({ asOf, settings, folder, models: listed }: ModelRequest): Promise<ChosenModel> {
  const { model: wanted, network: partner, maxAge } = settings;
  const promoted = await promotedModels(folder);
  const found = isMethod(wanted) && (partner === 'auto' || partner === 'none') ? { models: [], unreadable: [] } : (listed ?? (await storedModels(folder)));
  const chosen = (stored: StoredModel | null, method: EveningMethod, notices: readonly string[]): ChosenModel => {
    const network = networkBeside(stored, found, { asOf, settings, promoted });
    return { stored, network, method, notices, identity: hashJson({ card: stored === null ? null : { ...stored.card }, network: network === null ? null : { ...network.card }, method, notices }) };
  };
  if (isMethod(wanted)) return chosen(null, wanted, []);
  if (wanted !== 'auto') return chosen(named(found, wanted, asOf, 'forecast.model'), 'momentum', []);
  const { models } = found;
  const passedOver = [
    ...found.unreadable.map(({ name, error }) => `The model ${name} was passed over, as its card cannot be read: ${error.message}`),
    ...models.filter((model) => kindOf(model) === null).map(({ name }) => `The model ${name} was passed over, as models of its kind no longer take its parameters; train it again.`),
  ];
  const usable = models.filter((model) => model.card.learns && model.card.usableFrom <= asOf && kindOf(model) !== null && hasLearntEnough(model)).sort(newestFirst);
  const fresh = usable.filter(({ card }) => XNYS.count(card.trainedThrough, asOf) <= maxAge);
  const rankers = fresh.filter((model) => !isNetwork(model));
  const candidates = rankers.length > 0 ? rankers : fresh; // a network stands alone where there is nothing to average it with
  const newest = championAmong(candidates, promoted) ?? candidates[0] ?? usable[0];
  if (newest === undefined) return chosen(null, 'momentum', models.length === 0 ? passedOver : [...passedOver, `Every trained model learnt from sessions that were not over by ${asOf}: the evening stands on 12-1 momentum.`]);
  const age = XNYS.count(newest.card.trainedThrough, asOf);
  if (age > maxAge) return chosen(null, 'momentum', [...passedOver, `The newest trained model, ${newest.name}, is ${age} sessions old, more than forecast.maxAge of ${maxAge}: the evening stands on 12-1 momentum; train another with: swing train lightgbm --end-date ${asOf}`]);
  return chosen(newest, 'momentum', passedOver);
}

/**
 * The network whose ranks count beside those of a model: the one that is named or, by `auto` where the model was chosen so too, the newest usable one
 * that is not too old.
 */
function networkBeside(model: StoredModel | null, found: StoredModels, { asOf, settings: { model: wanted, network, maxAge }, promoted }: Pick<ModelRequest, 'asOf' | 'settings'> & { readonly promoted: readonly PromotedModel[] }): StoredModel | null {
  if (network === 'none') return null;
  if (network !== 'auto') return requireNetwork(named(found, network, asOf, 'forecast.network'));
  if (wanted !== 'auto' || (model !== null && isNetwork(model))) return null;
  const usable = found.models.filter((one) => isNetwork(one) && hasLearntEnough(one) && one.card.usableFrom <= asOf && XNYS.count(one.card.trainedThrough, asOf) <= maxAge).sort(newestFirst);
  return championAmong(usable, promoted) ?? usable[0] ?? null;
}

/** The kind of a model, made of its card's own parameters; `null` where they no longer make one. */
function kindOf({ card: { forecaster, params } }: StoredModel): Forecaster | null {
  try {
    return createForecaster(forecaster, params);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

/** Whether a model is a network. */
export const isNetwork = (model: StoredModel): boolean => kindOf(model)?.isNetwork ?? false;

/** Whether a model has learnt all that it was given at least once: a network that a limit cut off before is one by name only. */
function hasLearntEnough({ card: { facts } }: StoredModel): boolean {
  const members = facts['members'];
  return !Array.isArray(members) || members.every((member) => (member as { readonly best?: number | null }).best !== null);
}

function requireNetwork(model: StoredModel): StoredModel {
  if (isNetwork(model)) return model;
  throw new ConfigError(`expected a network in forecast.network, found "${model.name}", a model of kind ${model.card.forecaster}`, { code: 'NOT_A_NETWORK', fields: { name: model.name } });
}

 
function named(stored: StoredModels, name: string, asOf: IsoDate, where: string): StoredModel {
  const { models } = stored;
  const found = modelNamed(stored, name);
  const names = ['auto', ...EVENING_METHODS, ...models.map((model) => model.name)];
  if (!found) {
    const near = suggest(name, names);
    throw new ConfigError(`expected ${where} to be one of ${names.join(', ')}, found "${name}"${near === null ? '' : `; did you mean "${near}"?`}`, { code: 'UNKNOWN_MODEL', fields: { name } });
  }
  if (found.card.usableFrom > asOf) throw new ConfigError(`expected a model that had learnt from nothing later than ${asOf}, found "${name}", which is usable from ${found.card.usableFrom} on`, { code: 'LOOK_AHEAD', fields: { name, usableFrom: found.card.usableFrom, asOf } });
  return found;
}

/** A project's own before the released ones, the newest of them first; of the same day the first by name. */
function newestFirst(a: StoredModel, b: StoredModel): number {
  if (a.origin !== b.origin) return a.origin === 'trained' ? -1 : 1;
  if (a.card.usableFrom !== b.card.usableFrom) return a.card.usableFrom > b.card.usableFrom ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

const isMethod = (name: string): name is EveningMethod => (EVENING_METHODS as readonly string[]).includes(name);

/** What networks read of the sessions before the evening. */
export interface PastNeed {
  readonly features: readonly Feature[];
  /** Sessions up to and with the evening's. */
  readonly past: number;
  /** Sessions of bars that all this needs, the evening's included. */
  readonly sessions: number;
}

/** What the networks among the chosen models read; `null` where there are none. */
export function pastNeed({ stored, network }: Pick<ChosenModel, 'stored' | 'network'>): PastNeed | null {
  const needs = [stored, network].flatMap((model) => {
    const kind = model === null ? null : kindOf(model);
    return kind?.past === undefined ? [] : [{ features: model!.card.features, past: kind.past, window: kind.window ?? 0 }];
  });
  if (needs.length === 0) return null;
  const features = resolveFeatures(needs.flatMap(({ features: read }) => read), FEATURES);
  const past = Math.max(...needs.map((need) => need.past));
  return { features, past, sessions: Math.max(past + Math.max(...features.map(({ lookback }) => lookback)), ...needs.map(({ window }) => window + 1)) };
}

/** What an evening computes for its members: what is wanted, and what the model reads; in the order of the registry. */
export function withModelFeatures(wanted: readonly Feature[], { stored, network, method }: ChosenModel): Feature[] {
  const read = [...createForecaster(method).features!, ...(stored?.card.features ?? []), ...(network?.card.features ?? [])];
  return resolveFeatures([...wanted.map(({ name }) => name), ...read], FEATURES);
}

export interface LoadedModel {
  readonly model: EveningModel | null;
  /** Whose ranks are averaged with those of the model. */
  readonly network: EveningModel | null;
  readonly notices: readonly string[];
}

/**
 * The chosen model, ready to foretell. Where the library of a stored one cannot be had, the evening goes on with 12-1 momentum
 * and a notice says so.
 * @param market what a method of the evening is measured on; `null` where only a stored model will do
 * @param horizon sessions that a method of the evening foretells
 */
export async function loadModel(chosen: ChosenModel, market: Market | null, { settings, seed, horizon, environment, signal }: { readonly settings: ForecastConfig; readonly seed: number; readonly horizon: number; readonly environment: FitContext['environment']; readonly signal?: AbortSignal }): Promise<LoadedModel> {
  const context: FitContext = { seed, threads: Math.min(2, availableParallelism()), environment, signal };
  const { stored, method, notices } = chosen;
  const loaded = async (model: StoredModel): Promise<EveningModel> => ({ name: model.name, title: titleOf(model), origin: model.origin, trained: await TrainedModel.load(await readModelFiles(model), FORECASTERS, context) });
  const evening = async (): Promise<EveningModel | null> => (market === null ? null : measureTonight(method, market, { settings, horizon, context }));
  const network = chosen.network === null ? null : await loaded(chosen.network);
  try {
    return stored === null ? { model: await evening(), network, notices } : { model: await loaded(stored), network, notices };
  } catch (error) {
    network?.trained.dispose();
    if (stored === null || !(error instanceof AppError && error.code === 'NO_LIGHTGBM')) throw error;
    const why = (on: string): string[] => [...notices, `LightGBM is not available, so the model ${stored.name} could not be used and the evening stands on ${on}: ${error.message}`];
    // a network that has learnt rather than half of it and half of a rule
    if (chosen.network !== null) return { model: await loaded(chosen.network), network: null, notices: why(`the network ${chosen.network.name} alone`) };
    return { model: await evening(), network: null, notices: why(TITLES[method]) };
  }
}

/** Frees what models hold outside the garbage collector's reach. */
export function disposeLoaded({ model, network }: Pick<LoadedModel, 'model' | 'network'>): void {
  model?.trained.dispose();
  network?.trained.dispose();
}

const KINDS: Readonly<Record<string, string>> = { lightgbm: 'LightGBM', ridge: 'ridge regression', foundation: 'the foundation network' };
const titleOf = ({ card: { forecaster, learntThrough } }: StoredModel): string => `${KINDS[forecaster] ?? forecaster}, learnt through ${learntThrough}`;

/** A method that learns nothing, calibrated on the outcomes that are known at the session; `null` when history does not suffice. */
async function measureTonight(method: EveningMethod, market: Market, { settings, horizon, context }: { readonly settings: ForecastConfig; readonly horizon: number; readonly context: FitContext }): Promise<EveningModel | null> {
  const { bars, universe } = market;
  const forecaster = createForecaster(method);
  const features = computeFeatures({ bars }, resolveFeatures(forecaster.features!, FEATURES)).columns(forecaster.features!);
  const labels = forwardLabels({ bars, member: membershipTable(bars, universe), sectors: new Map() }, { horizon });
  const known = bars.sessions.length - labels.span; // the outcome of the session at known − 1 was decided at the open of the last one
  const from = Math.max(0, known - settings.window);
  if (known <= 0) return null;
  const positions = Int32Array.from({ length: known - from }, (_, i) => from + i);
  const train = samplesOf({ features, labels }, positions, { labelled: true });
  if (train.length === 0) return null;
  const validation = samplesOf({ features, labels }, new Int32Array(), { labelled: true });
  const last = positions[positions.length - 1];
  const plan = { train, validation, horizon, label: labels.describe, usableFrom: XNYS.shift(market.asOf, known - 1 - last), coverage: settings.interval, minSessions: settings.minSessions, provenance: { data: { market: market.dataHash }, code: await codeFingerprint() } };
  const trained = await result(trainModel(forecaster, plan, context));
  return { name: method, title: TITLES[method], origin: 'evening', trained };
}
