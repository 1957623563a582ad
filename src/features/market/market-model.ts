import { rollingRegression } from '../../math/rolling/regression.js';
import { rollingResidualMoments } from '../../math/rolling/residual-moments.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

const LINE = ['slope', 'correlation', 'residualStd'] as const;
const MOMENTS = ['slope', 'std', 'skewness', 'coskewness'] as const;

/**
 * A part of the market model r = α + β m + e over each window, r and m simple returns of the instrument and the benchmark,
 * [session]; needs `window` sessions before. Whoever asks first computes all parts for the others.
 */
export function marketModel(series: SeriesInputs, window: number, part: (typeof LINE)[number]): Float64Array {
  return sharedParts(series, part, { name: `market-model-${window}`, parts: LINE, compute: ({ simpleReturn, indexReturn }) => rollingRegression(simpleReturn, indexReturn, window) });
}

/** The same with moments of the errors. */
export function marketModelMoments(series: SeriesInputs, window: number, part: (typeof MOMENTS)[number]): Float64Array {
  return sharedParts(series, part, { name: `market-model-moments-${window}`, parts: MOMENTS, compute: ({ simpleReturn, indexReturn }) => rollingResidualMoments(simpleReturn, indexReturn, window) });
}

interface Parts<Part extends string> {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly compute: (inputs: SeriesInputs) => Readonly<Record<Part, Float64Array>>;
}

function sharedParts<Part extends string>(series: SeriesInputs, wanted: Part, { name, parts, compute }: Parts<Part>): Float64Array {
  return series.derive(`${name}-${wanted}`, (inputs) => {
    const all = compute(inputs);
    for (const part of parts) if (part !== wanted) inputs.derive(`${name}-${part}`, () => all[part]);
    return all[wanted];
  });
}
