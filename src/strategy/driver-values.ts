import type { Driver } from './view.js';

/** The numbers of a driver as evidence has them. */
export function driverValues({ feature, value, rank, contribution, share }: Driver): { readonly feature: string; readonly contribution: number; readonly share: number; readonly value?: number; readonly rank?: number } {
  return { feature, contribution, share, ...(value === null ? {} : { value }), ...(rank === null ? {} : { rank }) };
}
