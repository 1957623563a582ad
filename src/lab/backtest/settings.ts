import type { SettingsOverlay } from '../../config/overlay.js';
import type { Config } from '../../config/schema.js';
import { ConfigError } from '../../core/errors.js';
import type { Brackets, CostsConfig } from '../../portfolio/config.js';
import { RISK_RULES } from '../../portfolio/rules/registry.js';

type PortfolioSettings = NonNullable<SettingsOverlay['portfolio']>;

/** By what a backtest trades, where it is not as configured. */
export interface TradingOptions {
  /** `default`: as configured; `none`: trading is free; or settings of `portfolio.costs`. */
  readonly costs?: 'default' | 'none' | NonNullable<PortfolioSettings['costs']>;
  /** `default`: as configured; `none`: no risk rule; or settings of `portfolio.rules`. */
  readonly rules?: 'default' | 'none' | NonNullable<PortfolioSettings['rules']>;
  /** Whether stops and targets rest in the market, or are looked at after the close. */
  readonly brackets?: Brackets;
  /** Quote currency. */
  readonly cash?: number;
}

/** Options of a backtest as settings of the configuration. */
export function tradingSettings({ costs = 'default', rules = 'default', brackets, cash }: TradingOptions): SettingsOverlay {
  const portfolio: PortfolioSettings = {
    ...(costs === 'default' ? {} : { costs: costs === 'none' ? FREE : named(costs, 'costs') }),
    ...(rules === 'default' ? {} : { rules: rules === 'none' ? noRules() : named(rules, 'rules') }),
    ...(brackets === undefined ? {} : { brackets }),
    ...(cash === undefined ? {} : { initialCash: cash }),
  };
  return { portfolio };
}

const FREE = { model: 'fixed-bps', commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 } as const satisfies Partial<CostsConfig>;

const noRules = (): NonNullable<PortfolioSettings['rules']> => ({ minEntry: 0, ...Object.fromEntries(RISK_RULES.map(({ key }) => [key, { enabled: false }])) });

function named<Value>(value: Value, option: string): Value {
  if (typeof value === 'object' && value !== null) return value;
  throw new ConfigError(`expected ${option} to be "default", "none" or settings of portfolio.${option}, found ${JSON.stringify(value)} in lab.backtest`, { code: 'BAD_OPTION', fields: { option, value } });
}

/** What a fill pays, in a sentence. */
export function costsWords({ model, commissionBps, halfSpreadBps, slippageBps, liquidity }: Config['portfolio']['costs']): string {
  if (model === 'liquidity') return `Each fill pays a commission of ${commissionBps} bps${liquidity.perShare > 0 ? ` and ${liquidity.perShare} a share` : ''}, half a spread that falls with what the name trades (${liquidity.halfSpreadBps} bps at ${liquidity.referenceDollarVolume} a session) and an impact that grows with the square root of its size.`;
  if (commissionBps + halfSpreadBps + slippageBps === 0) return 'Trading is free, which it never is.';
  return `Each fill pays ${commissionBps} bps of commission, ${halfSpreadBps} bps for half of the spread and ${slippageBps} bps of slippage.`;
}
