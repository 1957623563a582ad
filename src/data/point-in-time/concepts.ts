import type { Vintages } from '../../table/vintages.js';

/** How values of a concept add up over time. */
export type ConceptKind =
  /** An amount of a span: a year is the sum of its quarters. */
  | 'flow'
  /** A level on the last day of the period. */
  | 'stock'
  /** A quotient of a span: quarters do not add up, so a value to date is never split. */
  | 'ratio'
  /** An amount by share: the number of shares differs between quarters, so a value to date is never split. */
  | 'per-share';

export interface Concept {
  readonly kind: ConceptKind;
  readonly describe: string;
}

/** Vintages of single quarters, and of levels at their end, by concept. */
export type ConceptVintages = ReadonlyMap<string, Vintages>;

/** Concepts we know; files may carry others, whose values are taken as they stand and never split. */
export const FUNDAMENTAL_CONCEPTS: Readonly<Record<string, Concept>> = {
  revenue: { kind: 'flow', describe: 'reporting currency' },
  net_income: { kind: 'flow', describe: 'reporting currency' },
  operating_cash_flow: { kind: 'flow', describe: 'reporting currency' },
  free_cash_flow: { kind: 'flow', describe: 'reporting currency' },
  eps: { kind: 'per-share', describe: 'reporting currency a share, on the split basis of its day' },
  eps_diluted: { kind: 'per-share', describe: 'reporting currency a share, on the split basis of its day' },
  gross_margin: { kind: 'ratio', describe: 'fraction of revenue' },
  operating_margin: { kind: 'ratio', describe: 'fraction of revenue' },
  net_margin: { kind: 'ratio', describe: 'fraction of revenue' },
  roe: { kind: 'ratio', describe: 'net income of the quarter over equity, fraction' },
  roa: { kind: 'ratio', describe: 'net income of the quarter over assets, fraction' },
  shares_outstanding: { kind: 'stock', describe: 'shares, on the split basis of its day; of filings the average that diluted earnings are divided by' },
  total_debt: { kind: 'stock', describe: 'reporting currency' },
  total_equity: { kind: 'stock', describe: 'reporting currency' },
  cash: { kind: 'stock', describe: 'reporting currency' },
  current_ratio: { kind: 'stock', describe: 'current assets over current liabilities' },
  cash_to_lt_debt: { kind: 'stock', describe: 'cash over long-term debt' },
};

/** Whether a year of the concept is the sum of its quarters. */
export function isFlow(concept: string): boolean {
  return FUNDAMENTAL_CONCEPTS[concept]?.kind === 'flow';
}
