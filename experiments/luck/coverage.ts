/**
 * How often 95 % intervals of a Sharpe ratio hold the truth, and how often a paired comparison parts equals:
 * `node experiments/luck/coverage.ts`, after a build. Prints two tables; the same seeds give the same tables.
 */
import { createRng, pairedComparison, probabilisticSharpeRatio, sharpeInterval, sharpeSample } from '../../dist/index.js';
import { autoregression, SHAPES } from './worlds.ts';

const STUDIES = 400;
const REPLICATES = 199;
const LENGTHS = [60, 250, 1250];
/** Per session: 1.27 a year. */
const TRUE_SHARPE = 0.08;

const percent = (count: number): string => `${((100 * count) / STUDIES).toFixed(1)} %`;

/** Holds by blocks, and by the moments of independent returns. */
function coverage(shape: string, sessions: number): string {
  let [blocks, moments] = [0, 0];
  for (let study = 0; study < STUDIES; study++) {
    const rng = createRng(study).fork(`${shape} ${sessions}`);
    const returns = SHAPES[shape](sessions, rng).map((value) => 0.01 * (TRUE_SHARPE + value));
    const { interval: [low, high] } = sharpeInterval(returns, { rng, replicates: REPLICATES, sessionsPerYear: 1 })!;
    if (low <= TRUE_SHARPE && TRUE_SHARPE <= high) blocks++;
    if (Math.abs(probabilisticSharpeRatio(sharpeSample(returns)!, TRUE_SHARPE)! - 0.5) <= 0.475) moments++;
  }
  return `${percent(blocks)} (${percent(moments)})`;
}

/** Share of pairs with a p-value of at most 5 %: by Sharpe ratio, by mean. The first has `edge` more a session, in units of its deviation. */
function found(sessions: number, edge: number): string {
  let [sharpe, mean] = [0, 0];
  for (let study = 0; study < STUDIES; study++) {
    const rng = createRng(study).fork(`pair ${sessions}`);
    const [market, first, second] = [0, 0, 0].map(() => autoregression(sessions, 0.1, rng));
    const [a, b] = [first, second].map((own, book) => own.map((value, t) => 0.01 * (0.04 + (book === 0 ? edge : 0) + Math.sqrt(0.8) * market[t] + Math.sqrt(0.2) * value)));
    const compared = pairedComparison(a, b, { rng, replicates: REPLICATES });
    if (compared.sharpe.pValue! <= 0.05) sharpe++;
    if (compared.mean.pValue! <= 0.05) mean++;
  }
  return `${percent(sharpe)}, ${percent(mean)}`;
}

console.log(`| returns | ${LENGTHS.map((length) => `${length} sessions`).join(' | ')} |\n|---|${LENGTHS.map(() => '---:|').join('')}`);
for (const shape of Object.keys(SHAPES)) console.log(`| ${shape} | ${LENGTHS.map((sessions) => coverage(shape, sessions)).join(' | ')} |`);
console.log(`\n| two books with correlation 0.8 | ${LENGTHS.map((length) => `${length} sessions`).join(' | ')} |\n|---|${LENGTHS.map(() => '---:|').join('')}`);
for (const [name, edge] of [['equals', 0], ['one with 0.5 more a year in Sharpe ratio', 0.5 / Math.sqrt(252)]] as const) console.log(`| ${name} | ${LENGTHS.map((sessions) => found(sessions, edge)).join(' | ')} |`);
