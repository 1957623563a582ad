import { readFileSync } from 'node:fs';

export interface WeightsCase {
  readonly maxWeight: number;
  readonly budget: number;
  readonly weights: readonly number[];
}

export interface LimitedCase extends WeightsCase {
  readonly targetVolatility: number;
}

/** What scikit-learn, quadprog, Clarabel and SciPy say; made by experiments/references/sizing. Covariances are row by row. */
export interface SizingReference {
  /** [name, session] */
  readonly returns: readonly (readonly number[])[];
  readonly expected: readonly number[];
  readonly ledoitWolf: { readonly intensity: number; readonly covariance: readonly number[] };
  readonly moreNamesThanSessions: { readonly returns: readonly (readonly number[])[]; readonly intensity: number; readonly trace: number; readonly firstRow: readonly number[] };
  readonly quadraticPrograms: readonly { readonly quadratic: readonly number[]; readonly linear: readonly number[]; readonly lower: readonly number[]; readonly upper: readonly number[]; readonly budget: number; readonly exact: boolean; readonly x: readonly number[] }[];
  readonly minimumVariance: readonly WeightsCase[];
  readonly minimumVarianceLimited: readonly LimitedCase[];
  readonly bayesStein: { readonly years: number; readonly intensity: number; readonly expected: readonly number[] };
  readonly meanVariance: readonly (WeightsCase & { readonly riskAversion: number })[];
  readonly meanVarianceLimited: readonly (LimitedCase & { readonly riskAversion: number })[];
  readonly hierarchical: { readonly weights: readonly number[]; readonly larger: { readonly returns: readonly (readonly number[])[]; readonly weights: readonly number[] } };
  readonly lopezDePrado: { readonly covariance: readonly number[]; readonly weights: readonly number[] };
}

export const reference = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8')) as SizingReference;

/** Largest difference of two rows of numbers. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}
