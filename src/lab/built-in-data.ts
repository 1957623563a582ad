/** Data that needs no project, and its settings; what is learnt from a synthetic market never lies beside what real data taught. */
export const BUILT_IN_DATA = {
  sample: ['data.source=sample'],
  synthetic: ['data.source=synthetic', 'paths.store=synthetic/store', 'paths.runs=synthetic/runs', 'paths.models=synthetic/models'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
