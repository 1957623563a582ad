/**
 * How often the best of N strategies is found, when none has skill and when one has: `node experiments/luck/size.ts`, after a build.
 * Prints a table; the same seeds give the same table.
 */
import { automaticBlockLength, createRng, deflatedSharpeRatio, drawBlocks, haircutSharpe, probabilisticSharpeRatio, sharpeSample, superiorPredictiveAbility, type BlockDraws } from '../../dist/index.js';
import { FIVE_YEARS, trialsOf } from './worlds.ts';

const STUDIES = 250;
const REPLICATES = 199;
const LEVEL = 0.05;
const METHODS = ['t-test of the best', 'PSR > 95 %', 'DSR > 95 %', 'Holm, p < 5 %', 'SPA, p < 5 %'] as const;

const draws = new Map<number, BlockDraws>();

/** One drawing for all studies with blocks of one length. */
function drawsOf(block: number): BlockDraws {
  const known = draws.get(block) ?? drawBlocks(FIVE_YEARS, { block, replicates: REPLICATES, method: 'stationary', rng: createRng(block) });
  draws.set(block, known);
  return known;
}

/** Which trial was best by its Sharpe ratio, its deflated one, and what each method finds in it. */
function judge(trials: readonly Float64Array[]): { readonly best: number; readonly deflated: number; readonly finds: readonly boolean[] } {
  const samples = trials.map((returns) => sharpeSample(returns)!);
  const sharpes = samples.map(({ sharpe }) => sharpe);
  const best = sharpes.indexOf(Math.max(...sharpes));
  const centre = sharpes.reduce((sum, value) => sum + value, 0) / sharpes.length;
  const variance = sharpes.length < 2 ? 0 : sharpes.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (sharpes.length - 1);
  const lengths = trials.map((returns) => automaticBlockLength(returns)!.stationary);
  const block = Math.max(1, Math.round(lengths.reduce((sum, value) => sum + value, 0) / lengths.length));
  const spa = superiorPredictiveAbility(trials, { block, draws: drawsOf(block), rng: createRng(0) });
  const deflated = deflatedSharpeRatio(samples[best], { trials: trials.length, variance }).probability!;
  return {
    best,
    deflated,
    finds: [
      sharpes[best] * Math.sqrt(FIVE_YEARS) > 1.645,
      probabilisticSharpeRatio(samples[best])! > 1 - LEVEL,
      deflated > 1 - LEVEL,
      sharpes[best] > 0 && haircutSharpe(sharpes, FIVE_YEARS)[best].holm.pValue < LEVEL,
      spa.studentised.pValues.consistent < LEVEL,
    ],
  };
}

/** Share of studies in which each method finds something, with skill: finds the one that has it; and the middle of deflated ratios. */
function row(count: number, common: number, skill: number): string[] {
  const totals = METHODS.map(() => 0);
  const deflated = Array.from({ length: STUDIES }, (_, study) => {
    const judged = judge(trialsOf(count, { rng: createRng(study).fork(`${count} trials, ${common}`), common, skill }));
    if (skill === 0 || judged.best === 0) judged.finds.forEach((found, method) => (totals[method] += found ? 1 : 0));
    return judged.deflated;
  });
  return [...totals.map((total) => `${((100 * total) / STUDIES).toFixed(1)} %`), deflated.sort((a, b) => a - b)[STUDIES / 2].toFixed(2)];
}

console.log(`| strategies | correlation | annual Sharpe ratio of one | ${METHODS.join(' | ')} | middle DSR |\n|---:|---:|---:|${METHODS.map(() => '---:|').join('')}---:|`);
for (const skill of [0, 1]) {
  for (const [count, common] of [[1, 0], [10, 0], [100, 0], [100, 0.5]]) console.log(`| ${count} | ${count === 1 ? '' : common} | ${skill} | ${row(count, common, skill).join(' | ')} |`);
}
