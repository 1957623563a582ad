import type { Samples } from '../dataset/samples.js';

/** Some samples of one session, in the order given; their background stays. */
export function someSamples(samples: Samples, places: readonly number[]): Samples {
  const { features, length, x, symbolRows, scale } = samples;
  const picked = new Float32Array(features.length * places.length);
  features.forEach((_, feature) => places.forEach((at, to) => (picked[feature * places.length + to] = x[feature * length + at])));
  return { ...samples, length: places.length, x: picked, counts: Int32Array.of(places.length), symbolRows: Int32Array.from(places, (at) => symbolRows[at]), y: null, returns: null, scale: Float64Array.from(places, (at) => scale[at]) };
}
