import { XNYS } from '../../core/calendar.js';
import { lastDecidedSession } from '../../core/clock.js';
import { isoDate, type IsoDate } from '../../core/dates.js';
import type { LoadedConfig } from '../../config/load.js';
import { Store } from '../../data/store/store.js';
import { BUILT_IN_DATA } from '../../lab/built-in-data.js';
import { chooseModel, isNetwork } from '../../lab/models/evening-model.js';
import { storedModels, type StoredModel, type StoredModels } from '../../lab/models/model-folder.js';
import { aliasesOf, promotedModels, type PromotedModel } from '../../lab/models/promoted-models.js';
import type { ForecastConfig } from '../../models/config.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { markOf } from '../training/synthetic-mark.js';

export interface PlaceFlags {
  readonly useSynthetic?: boolean;
  readonly asOf?: string;
}

/** The models of a project, and the evening that they are looked at for. */
export interface ModelsPlace {
  readonly config: LoadedConfig;
  readonly models: StoredModels;
  readonly promoted: readonly PromotedModel[];
  readonly asOf: IsoDate;
  /** Before what is shown of a made-up market. */
  readonly mark: string;
}

/** Reads what lies in the models folder; no data is brought in. */
export async function modelsPlace({ useSynthetic = false, asOf }: PlaceFlags, context: CliContext): Promise<ModelsPlace> {
  const day = asOf === undefined ? undefined : parseAsOf(asOf);
  const config = await context.loadConfig({ settings: useSynthetic ? BUILT_IN_DATA.synthetic : [] });
  const { store, models: folder } = config.paths;
  const [models, promoted] = await Promise.all([storedModels(folder), promotedModels(folder)]);
  return { config, models, promoted, asOf: day ?? (await lastSession(store)) ?? lastDecidedSession(context.clock), mark: markOf(config.config) };
}

async function lastSession(folder: string): Promise<IsoDate | null> {
  const last = (await (await Store.open(folder)).manifest()).datasets['bars']?.lastDate ?? null;
  return last === null ? null : isoDate(last);
}

/** A model with what an evening makes of it. */
export interface ModelVerdict {
  readonly model: StoredModel;
  readonly aliases: readonly string[];
  readonly isTaken: boolean;
  /** In words: whether the daily run takes it, or why not. */
  readonly verdict: string;
}

/** What the daily run makes of each model on the evening; errors as of `chooseModel`. */
export async function verdictsOf({ config, models, promoted, asOf }: ModelsPlace): Promise<ModelVerdict[]> {
  const settings = config.config.forecast;
  const { stored, network, method } = await chooseModel({ asOf, settings, folder: config.paths.models, models });
  return models.models.map((model) => {
    const isTaken = model.name === stored?.name || model.name === network?.name;
    const taken = (isNetwork(model) ? network?.name : undefined) ?? stored?.name ?? method;
    const beside = model.name === network?.name ? `, its ranks beside those of ${stored?.name ?? method}` : '';
    return { model, aliases: aliasesOf(model, promoted), isTaken, verdict: isTaken ? `yes${beside}` : `no: ${whyNot(model, { asOf, settings, taken })}` };
  });
}

/** The setting that says which model is taken of such as this one, where it does not leave that open. */
export function settingAgainst(model: StoredModel, { model: wanted, network }: ForecastConfig): string | null {
  if (isNetwork(model) && network !== 'auto') return `forecast.network is ${network}`;
  return wanted === 'auto' ? null : `forecast.model is ${wanted}`;
}

function whyNot(model: StoredModel, { asOf, settings, taken }: { readonly asOf: IsoDate; readonly settings: ForecastConfig; readonly taken: string }): string {
  const { card } = model;
  const against = settingAgainst(model, settings);
  if (against !== null) return against;
  if (!card.learns) return 'learns nothing, measured each evening anew';
  if (card.usableFrom > asOf) return `usable from ${card.usableFrom} on`;
  const age = XNYS.count(card.trainedThrough, asOf);
  return age > settings.maxAge ? `${age} sessions old, more than ${settings.maxAge}` : `${taken} goes before`;
}
