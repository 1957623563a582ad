import { hashJson } from '../../core/hash.js';
import { summarizeFindings } from '../../data/quality/summary.js';
import { FEATURES } from '../../features/registry.js';
import type { EveningContext } from '../evening-context.js';
import type { FlowStep } from '../flow.js';

/** Features of every member on the session, and what the quality rules found on the way. */
export function featuresStep(context: EveningContext): FlowStep {
  const { asOf, config } = context.setup;
  return {
    name: 'features',
    describe: 'check bars and compute features',
    inputs: async () => ({ asOf, data: await context.dataHash(), settings: hashJson(config.config.data) }),
    async run() {
      const market = await context.market();
      const features = await context.features();
      const last = market.bars.sessions.length - 1;
      const table = Object.fromEntries(market.members.filter((symbol) => features.hasSymbol(symbol)).map((symbol) => [symbol, Object.fromEntries(FEATURES.map(({ name }) => [name, finiteOrNull(features.series(name, symbol)[last])]))]));
      return {
        'features.json': `${JSON.stringify({ asOf, features: FEATURES.map(({ name, describe, unit, source }) => ({ name, describe, unit, source })), values: table }, null, 1)}\n`,
        'quality.json': `${JSON.stringify({ summary: summarizeFindings(market.findings), findings: market.findings }, null, 1)}\n`,
      };
    },
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
