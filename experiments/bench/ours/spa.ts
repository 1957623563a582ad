import { createRng, superiorPredictiveAbility, VERSION, type SuperiorPredictiveAbility } from 'swinglab';
import type { Case, Settings } from '../case.js';

const TRIALS = 100;
const SESSIONS = 1000;
const REPLICATES = 1000;
const BLOCK = 10;

/** Numbers about 0 that the peer makes the same way: squares modulo a prime, in exact whole numbers. */
const made = (from: number): Float64Array => Float64Array.from({ length: SESSIONS }, (_, t) => (((from + t + 1) ** 2 % 1000003) / 1000003 - 0.5) / 25);

/** Far more than two p-values of 1,000 replications each differ by chance: four standard deviations at a half. */
const BY_CHANCE = 4 * Math.sqrt((2 * 0.25) / REPLICATES);

/** Hansen's test of 100 strategies over 1,000 days against a benchmark, 1,000 stationary replications of blocks of 10. */
export function prepare({ threads }: Settings): Promise<Case<SuperiorPredictiveAbility>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that both sides use, found --threads ${threads}`);
  const benchmark = made(0);
  const returns = Array.from({ length: TRIALS }, (_, trial) => made((trial + 1) * SESSIONS));
  // the peer's statistic is not studentised, so the raw one is compared
  return Promise.resolve({
    version: `swinglab ${VERSION}`,
    tolerances: { lower: BY_CHANCE, consistent: BY_CHANCE, upper: BY_CHANCE },
    run: () => Promise.resolve(superiorPredictiveAbility(returns, { benchmark, block: BLOCK, replicates: REPLICATES, rng: createRng(1) })),
    check: ({ raw: { statistic, pValues } }) => ({ statistic, ...pValues }),
  });
}
