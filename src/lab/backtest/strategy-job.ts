import { runBacktest } from '../../backtest/run-backtest.js';
import { withSettings } from '../../config/overlay.js';
import type { LoadedConfig } from '../../config/load.js';
import { isoDate } from '../../core/dates.js';
import { hashJson } from '../../core/hash.js';
import { marketDataHash } from '../../data/market.js';
import type { MarketSeries, MarketSeriesRequest } from '../../data/market-series.js';
import { openBook } from '../../portfolio/book.js';
import { createStrategy } from '../../strategy/registry.js';
import { bookSessions } from '../book-sessions.js';
import { NO_FORECASTS, type ForecastSource } from '../forecasts/forecast-source.js';
import { scoreForecasts } from '../forecasts/score-table.js';
import { storedModelForecasts } from '../forecasts/stored-models.js';
import { sessionRules } from '../session-rules.js';
import type { BacktestOptions } from './backtest-options.js';
import type { Job, JobParts } from './job.js';
import { paramsOf } from './params.js';
import { settingsOf, type StrategyPlan } from './plan.js';
import { tradingSettings } from './settings.js';
import { spanOf } from './span.js';
import { Surroundings } from './surroundings.js';

/** Reads the bars of a span, or gives those that were read before. */
export type ReadMarkets = (request: MarketSeriesRequest) => Promise<MarketSeries>;

/** A strategy on the cash book, each session by the function of the daily run. */
export async function strategyJob(plan: StrategyPlan, options: BacktestOptions, { config: loaded, store, readMarkets }: JobParts & { readonly readMarkets: ReadMarkets }): Promise<Job> {
  const overlaid = withSettings(loaded, settingsOf(plan), 'the strategy given to lab.backtest');
  const config = withSettings(withSettings(overlaid, options.settings ?? {}, 'settings of lab.backtest'), tradingSettings(options), 'options of lab.backtest');
  const { data, strategy: settings, seed } = config.config;
  const strategy = 'own' in plan ? plan.own : createStrategy(settings);
  const source = sourceOf(plan, config); // refuses scores that look ahead, also where the run is kept
  const entry = await store.entry('bars');
  const span = spanOf(plan, strategy, options, { from: isoDate(entry!.firstDate!), to: isoDate(entry!.lastDate!) });
  const markets = await readMarkets({ ...span, history: Math.max(data.history, strategy.lookback), universe: data.universe, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
  return {
    plan,
    name: options.name ?? strategy.name,
    describe: strategy.describe,
    config,
    params: paramsOf({ plan, config: config.config, strategy, span }),
    seed: plan.scores?.seed ?? seed,
    origin: { market: marketDataHash(await store.manifest()), ...(plan.scores === null ? {} : { scores: plan.scores.key }), settings: settingsHash(plan, config) },
    // trained models of a project may change while their names stay
    isKnownByName: !('own' in plan) && (plan.scores !== null || plan.name !== 'priority'),
    caveats: [],
    run() {
      const sessions = bookSessions({ store, config, markets, strategy, source, held: [] }, span.from, span.to);
      const rules = sessionRules(config.config, { asOf: span.to, ...markets.names }, strategy);
      return runBacktest(sessions, openBook(config.config.portfolio.initialCash), rules, (result) => {
        options.signal?.throwIfAborted();
        options.onSession?.(result);
      });
    },
    surroundings: (benchmark) => Surroundings.read(store, { ...markets.whole(), benchmark, policies: data.quality }),
  };
}

/** Settings that decide what a run does, beside those that are told one by one. */
function settingsHash(plan: StrategyPlan, { config: { data, features, portfolio, strategy, forecast } }: LoadedConfig): string {
  return hashJson({ data, features, portfolio, strategy: 'own' in plan ? null : strategy[plan.name], forecast: plan.scores === null ? forecast : null });
}

function sourceOf(plan: StrategyPlan, config: LoadedConfig): ForecastSource {
  if (plan.scores !== null) return scoreForecasts(plan.scores);
  if ('own' in plan || plan.name === 'momentum') return NO_FORECASTS;
  return storedModelForecasts(config, config.config.strategy[plan.name].horizon);
}
