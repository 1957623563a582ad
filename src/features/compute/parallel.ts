import { Panel } from '../../table/panel.js';
import type { Feature } from '../feature.js';
import { computeFeatures } from './compute-features.js';
import type { FeatureInputs } from './feature-inputs.js';
import { streamFeatures, type StreamOptions } from './stream.js';

/** Values below which starting threads takes longer than computing. */
const WORTH_THREADS = 20_000_000;

/**
 * Features of every instrument of a panel as Float32 columns [symbol, session], by as many threads as it is worth.
 *
 * The same values as `computeFeatures`, bit for bit.
 */
export async function computeFeaturesInParallel(inputs: FeatureInputs, features: readonly Feature[], options: StreamOptions): Promise<Panel> {
  const { sessions } = inputs.bars;
  const symbols = options.symbols ?? inputs.bars.symbols;
  const kept = Math.min(options.last ?? sessions.length, sessions.length);
  if (symbols.length * kept * features.length < WORTH_THREADS) return computeFeatures(inputs, features, { ...(options.last === undefined ? {} : { last: options.last }), ...(options.symbols === undefined ? {} : { symbols: options.symbols }) });
  const columns = Object.fromEntries(features.map(({ name }) => [name, new Float32Array(symbols.length * kept)]));
  let offset = 0;
  for await (const event of streamFeatures(inputs, features, options)) {
    if (event.kind !== 'batch') continue;
    for (const [name, values] of Object.entries(event.batch.columns)) columns[name].set(values, offset);
    offset += event.batch.symbols.length * kept;
  }
  return new Panel({ symbols, sessions: sessions.slice(sessions.length - kept), columns });
}
