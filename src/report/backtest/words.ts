import { leadWords } from './lead-words.js';
import { luckHeadline, luckMeaning } from './luck/deflated.js';
import { luckStatements } from './luck/statements.js';
import type { BacktestReportInput } from './report-input.js';

/** A backtest in sentences: what came of it, how much of that may be luck and by which test, what must be known before believing it. */
export function backtestWords(input: BacktestReportInput): string[] {
  const { luck, experiment, benchmark, riskFree, caveats, costsWords } = input;
  const statements = luckStatements({ luck, experiment, benchmark: benchmark?.name ?? null, hasRate: riskFree !== null });
  return [
    ...leadWords(input), luckHeadline(luck), ...[luckMeaning(luck)].filter((text) => text !== null),
    ...statements.map(({ name, sentence, source }) => `${name}: ${sentence} [${source}]`), costsWords, ...caveats,
  ];
}
