import { ConfigError } from '../core/errors.js';
import type { GraphBuilder } from './builder.js';
import { correlation } from './builders/correlation.js';
import { ledoitWolf } from './builders/ledoit-wolf.js';
import { marketResidual } from './builders/market-residual.js';

/** Ways to measure who belongs together. To add one, write a file in `builders/` and list it here. */
export const GRAPH_BUILDERS: readonly GraphBuilder[] = [correlation, ledoitWolf, marketResidual];

/** @throws ConfigError `UNKNOWN_BUILDER` */
export function graphBuilder(name: string): GraphBuilder {
  const builder = GRAPH_BUILDERS.find((one) => one.name === name);
  if (!builder) throw new ConfigError(`expected one of the graph builders ${GRAPH_BUILDERS.map((one) => one.name).join(', ')}, found "${name}" in graph.builder`, { code: 'UNKNOWN_BUILDER', fields: { name } });
  return builder;
}
