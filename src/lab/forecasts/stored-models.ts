import type { LoadedConfig } from '../../config/load.js';
import { XNYS } from '../../core/calendar.js';
import type { IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import type { TrainedModel } from '../../models/trained-model.js';
import { forecastOf, VOLATILITY } from '../../recommendation/predict.js';
import { sessionSamples } from '../../recommendation/session-samples.js';
import type { Forecast } from '../../strategy/view.js';
import { chooseModel, loadModel, type ChosenModel } from '../models/evening-model.js';
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
        const model = await loadTrained(chosen, config, horizon);
        const title = chosen.stored!.name;
        const coverage = config.config.forecast.interval;
        yield { ...span, features: model.card.features, forecasts: (request) => predictAll(model, request, { title, coverage }), dispose: () => model.dispose() };
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

async function loadTrained(chosen: ChosenModel, config: LoadedConfig, horizon: number): Promise<TrainedModel> {
  const { forecast, seed } = config.config;
  const { model, notices } = await loadModel(chosen, null, { settings: forecast, seed, horizon, environment: process.env });
  if (model === null) throw new ConfigError(`expected a model that can be loaded, but: ${notices.join(' ')}`, { code: 'NO_MODEL' });
  return model.trained;
}

async function predictAll(model: TrainedModel, { today, symbols }: ForecastRequest, { title, coverage }: { readonly title: string; readonly coverage: number }): Promise<Map<string, Forecast>> {
  const { card } = model;
  const samples = sessionSamples(today, { symbols, features: card.features, volatility: (symbol) => today.series(VOLATILITY, symbol)[0], horizon: card.horizon });
  const prediction = await model.predict(samples);
  return new Map(symbols.flatMap((symbol, i) => (Number.isNaN(prediction.score[i]) ? [] : [[symbol, { ...forecastOf(prediction, i, { title, card, scale: samples.scale[i], coverage }), drivers: [], rest: null }] as const])));
}
