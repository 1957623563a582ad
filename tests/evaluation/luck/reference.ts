import { readFileSync } from 'node:fs';

export interface StudentisedReference {
  readonly block: number;
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  readonly pValue: number;
}

/** What numpy and arch say after Ledoit and Wolf (2008); made by experiments/references/luck. Returns are [session]. */
export interface LuckReference {
  readonly replicates: number;
  readonly cases: readonly {
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly kernel: readonly { readonly bandwidth: number; readonly variance: number }[];
    readonly prewhitened: number;
    readonly sharpe: StudentisedReference;
    readonly sharpeDifference: StudentisedReference;
    readonly meanDifference: StudentisedReference;
  }[];
}

export const reference = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8')) as LuckReference;
