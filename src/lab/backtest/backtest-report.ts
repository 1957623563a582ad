import { VERSION } from '../../core/version.js';
import type { BacktestReportInput } from '../../report/backtest/report-input.js';
import type { BacktestParts } from './backtest.js';
import { costsWords } from './settings.js';

/** A backtest for a reader: sentences, tables and charts, a page. */
export class BacktestReport {
  /** All that is told. */
  readonly input: BacktestReportInput;

  constructor({ name, describe, run, figures, luck, benchmark, params, seed, experiment, costs, caveats, around }: BacktestParts) {
    this.input = { title: name, describe, run, figures, luck, benchmark, riskFree: null, params, seed, experiment, caveats, costsWords: costsWords(costs), prices: (symbol) => around.prices(symbol), scores: null, generatedBy: `swinglab ${VERSION}` };
  }

  /** Sentences for a reader. */
  words(): string[] {
    return [];
  }

  tables(): { readonly caption: string; readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number | null)[])[] }[] {
    return [];
  }

  /** One self-contained page. */
  page(): string {
    return '';
  }
}
