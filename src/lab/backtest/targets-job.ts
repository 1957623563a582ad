import { runTargets } from '../../backtest/run-targets.js';
import { withSettings } from '../../config/overlay.js';
import { ConfigError } from '../../core/errors.js';
import { membershipTable } from '../../data/market.js';
import { readUniverse } from '../../data/universe.js';
import { panelKey } from '../result-cache/panel-identity.js';
import { flatParams } from '../research/flat-params.js';
import type { BacktestOptions } from './backtest-options.js';
import type { Job, JobParts } from './job.js';
import type { TargetsPlan } from './plan.js';
import { tradingSettings } from './settings.js';
import { Surroundings } from './surroundings.js';

/** A matrix of weights on the research book. */
export async function targetsJob(plan: TargetsPlan, options: BacktestOptions, { config: loaded, store }: JobParts): Promise<Job> {
  refuseIdle(options);
  const config = withSettings(withSettings(loaded, options.settings ?? {}, 'settings of lab.backtest'), tradingSettings(options), 'options of lab.backtest');
  const { data, portfolio: { costs, initialCash }, seed } = config.config;
  if (costs.model !== 'fixed-bps') throw new ConfigError(`expected costs in basis points for a matrix of weights, found the model "${costs.model}" in lab.backtest; give { costs: { model: "fixed-bps" } }`, { code: 'BAD_OPTION' });
  const { bars, weights, borrowFee } = plan;
  const universe = await readUniverse(store, data.universe);
  const { commissionBps, halfSpreadBps, slippageBps } = costs;
  return {
    plan,
    name: options.name ?? plan.name,
    describe: plan.describe,
    config,
    params: { strategy: plan.name, ...flatParams({ ...plan.params, costs: { commissionBps, halfSpreadBps, slippageBps }, cash: initialCash, ...(borrowFee === undefined ? {} : { borrowFee }), first: bars.first, last: bars.last }) },
    seed: plan.seed ?? seed,
    origin: { bars: panelKey(bars), weights: panelKey(weights) },
    isKnownByName: true,
    caveats: outsiders(plan, membershipTable(bars, universe), universe.name),
    run: () => Promise.resolve(runTargets({ bars, weights, initialCash, costs: { commissionBps, halfSpreadBps, slippageBps, borrowFee } })),
    surroundings: (benchmark) => Surroundings.read(store, { bars, universe, actions: new Map(), benchmark, policies: data.quality }),
  };
}

/** What a matrix of weights knows nothing of. */
function refuseIdle(options: BacktestOptions): void {
  const idle = (['rules', 'brackets', 'start', 'end', 'onSession'] as const).filter((name) => options[name] !== undefined);
  if (idle.length > 0) throw new ConfigError(`expected no ${idle.join(', ')} for a matrix of weights, which has no rules and stops and runs over the sessions of its panel, found ${idle.length === 1 ? 'it' : 'them'} in lab.backtest`, { code: 'IDLE_OPTION', fields: { idle } });
}

/** Whether names are held that were no members when it was decided. */
function outsiders({ bars, weights }: TargetsPlan, member: Uint8Array, universe: string): string[] {
  const weight = weights.column('weight');
  let [held, outside] = [0, 0];
  for (let at = 0; at < weight.length; at++) {
    if (!(weight[at] > 0 || weight[at] < 0)) continue;
    held++;
    if (member[at] !== 1) outside++;
  }
  return outside === 0 ? [] : [`${outside} of ${held} weights are of names that were no members of ${universe} when they were decided (${bars.symbols.length} names in all).`];
}
