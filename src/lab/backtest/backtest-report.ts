import { VERSION } from '../../core/version.js';
import { renderBacktestPage } from '../../report/backtest/page.js';
import type { BacktestReportInput } from '../../report/backtest/report-input.js';
import { backtestTables, notebookFigures, type BacktestTable } from '../../report/backtest/shown.js';
import { backtestWords } from '../../report/backtest/words.js';
import type { EvaluationFigure } from '../../report/evaluation/chart.js';
import type { BacktestParts } from './backtest-parts.js';
import { costsWords } from './settings.js';
import { tradeLevels } from './trade-levels.js';

/** A backtest for a reader: sentences, tables and charts, a page. */
export class BacktestReport {
  /** All that is told. */
  readonly input: BacktestReportInput;

  constructor({ name, describe, run, figures, luck, benchmark, params, seed, experiment, costs, caveats, around, scores }: BacktestParts) {
    const { companies } = around;
    const levels = tradeLevels(run, (symbol, after, until) => around.splitRatio(symbol, after, until));
    this.input = {
      ...{ title: name, describe, run, figures, luck, benchmark, riskFree: null, params, seed, experiment, caveats, costsWords: costsWords(costs), scores, generatedBy: `swinglab ${VERSION}` },
      ...{ prices: (symbol) => around.prices(symbol), levels, listed: (symbol, session) => around.listed(symbol, session), companies },
    };
  }

  /** Sentences for a reader: what it earned, and how much of that may be luck. */
  words(): string[] {
    return backtestWords(this.input);
  }

  tables(): BacktestTable[] {
    return backtestTables(this.input);
  }

  /** What `show` prints. */
  toShown(): { readonly title: string; readonly text: readonly string[]; readonly tables: readonly BacktestTable[]; readonly figures: readonly EvaluationFigure[] } {
    return { title: `${this.input.title}: ${this.input.describe}`, text: this.words(), tables: this.tables(), figures: notebookFigures(this.input) };
  }

  /** One self-contained page with every trade. */
  page(): string {
    return renderBacktestPage(this.input);
  }
}
