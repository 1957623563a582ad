import type { SettingsOverlay } from '../../config/overlay.js';
import type { SessionResult } from '../../strategy/run-session.js';
import type { TradingOptions } from './settings.js';
import type { SpanRequest } from './span.js';

export interface BacktestOptions extends TradingOptions, SpanRequest {
  /** As the run is listed; the strategy's own when absent. */
  readonly name?: string;
  /** `members`: the mean of the universe; an instrument of the store, e.g. SPY; `null`: nothing. The configured `features.benchmark` when absent. */
  readonly benchmark?: string | null;
  /** Runs that this one is compared with, and that are counted as tries; `lab` when absent. */
  readonly experiment?: string;
  /** Further settings of the configuration. */
  readonly settings?: SettingsOverlay;
  /** Run again what is kept already. */
  readonly fresh?: boolean;
  /** Told of each session when it is over. */
  readonly onSession?: (result: SessionResult) => void;
  readonly signal?: AbortSignal;
}

export const BACKTEST_OPTIONS = ['name', 'start', 'end', 'costs', 'rules', 'brackets', 'cash', 'benchmark', 'experiment', 'settings', 'fresh', 'onSession', 'signal'];
