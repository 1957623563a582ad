import type { Luck } from '../../../evaluation/luck/luck.js';
import { formatCount, formatNumber, MISSING } from '../../format.js';
import { pEquals, pValueText } from '../chance-text.js';
import type { LuckStatement } from './statement.js';

/** Names listed in a sentence at most. */
const NAMED = 3;

/** Whether the best of all trials beats the benchmark by more than luck. */
export function superiorStatement({ superior }: Luck, benchmark: string | null): LuckStatement {
  const [name, source] = ['Superior predictive ability', 'Hansen (2005), studentised, consistent; White (2000)'];
  if (superior === null) return { name, value: MISSING, sentence: `Not tested: ${whyUntested(benchmark)}.`, source };
  const { studentised: { pValues }, raw, trials, best, block } = superior;
  const many = trials === 1 ? 'the one trial' : `the best of ${formatCount(trials, 'trial')}, “${best}”,`;
  return {
    name, value: pEquals(pValues.consistent), source,
    sentence: `Were no trial better than the benchmark (${superior.benchmark}), ${many} would be as far ahead of it with chance ${pValueText(pValues.consistent)} (between ${pValueText(pValues.lower)} and ${pValueText(pValues.upper)}, by what is thought of the losing ones). White's reality check gives ${pEquals(raw.pValues.upper)}. Blocks of ${formatCount(block, 'session')} on average were drawn anew.`,
  };
}

/** Which trials beat the benchmark, with all tries allowed for. */
export function stepwiseStatement({ stepwise, superior }: Luck, benchmark: string | null): LuckStatement {
  const [name, source] = ['Trials that beat the benchmark', 'StepM: Romano and Wolf (2005)'];
  if (stepwise === null) return { name, value: MISSING, sentence: `Not tested: ${whyUntested(benchmark)}.`, source };
  const found = stepwise.filter(({ rejected }) => rejected).sort((a, b) => a.pValue - b.pValue);
  const against = `the benchmark${superior === null ? '' : ` (${superior.benchmark})`}`;
  const value = `${formatNumber(found.length)} of ${formatNumber(stepwise.length)}`;
  const level = 'with a chance of 5% at most that any of these finds is false';
  if (found.length === 0) return { name, value, sentence: `None of ${formatCount(stepwise.length, 'trial')} is found better than ${against} by stepwise multiple testing, ${level}.`, source };
  const named = found.slice(0, NAMED).map((one) => `“${one.name}” (${pEquals(one.pValue)})`).join(', ');
  return { name, value, sentence: `${value} ${stepwise.length === 1 ? 'trial is' : 'trials are'} found better than ${against} by stepwise multiple testing, ${level}: ${named}${found.length > NAMED ? ` and ${formatNumber(found.length - NAMED)} more` : ''}.`, source };
}

function whyUntested(benchmark: string | null): string {
  return benchmark === null ? 'there is no benchmark' : `there are too few sessions, or no trial differs from ${benchmark} by more than a constant`;
}
