import type { Vintages } from '../../table/vintages.js';

/** What was reported about the earnings of one company; `period` of all is the day of the report. */
export interface EarningsHistory {
  /** Every report, from calendars of results and from those 8-K filings of item 2.02 that follow none for 45 days; the value is the day of the report. */
  readonly reports: Vintages;
  /** A share, adjusted as the source does (mostly not GAAP): compare with `epsEstimate` of the same report only. */
  readonly epsActual: Vintages;
  readonly epsEstimate: Vintages;
  /** Reporting currency. */
  readonly revenueActual: Vintages;
  readonly revenueEstimate: Vintages;
}
