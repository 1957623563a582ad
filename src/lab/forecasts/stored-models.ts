import type { LoadedConfig } from '../../config/load.js';
import { XNYS } from '../../core/calendar.js';
import type { IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { EveningModel } from '../../recommendation/evening-model.js';
import { meanOfRanks } from '../../recommendation/mean-of-ranks.js';
import { opinionOf } from '../../recommendation/opinion.js';
import { VOLATILITY } from '../../recommendation/predict.js';
import type { Forecast } from '../../strategy/view.js';
import { chooseModel, disposeLoaded, loadModel, pastNeed, type ChosenModel } from '../models/evening-model.js';
import { storedModels } from '../models/model-folder.js';
import type { ForecastRequest, ForecastSource } from './forecast-source.js';

/**
 * Forecasts by the trained model that each evening would have chosen.
 *
 * Its spans throw ConfigError `NO_MODEL` when a session has no trained model that was usable then: methods that are measured on each evening's
 * own past need `swing daily --since`.
 * @param horizon sessions that a strategy holds at most
 */
export function storedModelForecasts(config: LoadedConfig, horizon: number): ForecastSource {
  return {
    async *spans(from, to) {
      for (const { chosen, ...span } of await modelSpans(config, { from, to })) {
        const loaded = await loadTrained(chosen, config, horizon);
        const coverage = config.config.forecast.interval;
        const features = [...new Set([...loaded.model.trained.card.features, ...(loaded.network?.trained.card.features ?? [])])];
        yield { ...span, features, need: pastNeed(chosen), forecasts: (request) => predictAll(loaded, request, coverage), dispose: () => disposeLoaded(loaded) };
      }
    },
  };
}

interface ModelSpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly chosen: ChosenModel;
}

/** Sessions in a row that stand on the same model. */
async function modelSpans(config: LoadedConfig, { from, to }: { readonly from: IsoDate; readonly to: IsoDate }): Promise<ModelSpan[]> {
  const spans: ModelSpan[] = [];
  const models = await storedModels(config.paths.models);
  for (const session of XNYS.sessions(from, to)) {
    const chosen = await chooseModel({ asOf: session, settings: config.config.forecast, folder: config.paths.models, models });
    const open = spans.at(-1);
    if (open?.chosen.identity === chosen.identity) spans[spans.length - 1] = { ...open, to: session };
    else spans.push({ from: session, to: session, chosen });
  }
  const without = spans.find(({ chosen }) => chosen.stored === null);
  if (without) throw new ConfigError(`expected a trained model that was usable on ${without.from}, found none for forecast.model "${config.config.forecast.model}"; train one up to then with: swing train … --end-date ${without.from}`, { code: 'NO_MODEL', fields: { session: without.from } });
  return spans;
}

interface Loaded {
  readonly model: EveningModel;
  readonly network: EveningModel | null;
}

async function loadTrained(chosen: ChosenModel, config: LoadedConfig, horizon: number): Promise<Loaded> {
  const { forecast, seed } = config.config;
  const { model, network, notices } = await loadModel(chosen, null, { settings: forecast, seed, horizon, environment: process.env });
  if (model !== null) return { model, network };
  network?.trained.dispose();
  throw new ConfigError(`expected a model that can be loaded, but: ${notices.join(' ')}`, { code: 'NO_MODEL' });
}

async function predictAll({ model, network }: Loaded, { today, symbols, evening }: ForecastRequest, coverage: number): Promise<Map<string, Forecast>> {
  const request = { market: evening?.market ?? null, session: { values: today }, past: evening?.past ?? null, counted: symbols, volatility: (symbol: string) => today.series(VOLATILITY, symbol)[0], coverage };
  const own = await opinionOf(model, request);
  const said = network === null ? own.forecasts : meanOfRanks(own, await opinionOf(network, request));
  return new Map(symbols.flatMap((symbol, i) => (said[i] === null ? [] : [[symbol, said[i]] as const])));
}
