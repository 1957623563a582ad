import { describe, expect, it } from 'vitest';

import { graphConfig } from '../../src/graph/config.js';
import { GRAPH_BUILDERS, graphBuilder } from '../../src/graph/registry.js';
import { graphBuilderContract } from '../contracts/graph-builder.js';

describe.each(GRAPH_BUILDERS.map((builder) => [builder.name, builder] as const))('graph builder %s', (_, builder) => {
  graphBuilderContract(builder);
});

describe('the registry', () => {
  it('has each name once, and the settings offer every one', () => {
    const names = GRAPH_BUILDERS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const builder of names) expect(graphConfig.parse({ builder }).builder).toBe(builder);
    expect(graphConfig.safeParse({ builder: 'other' }).success).toBe(false);
  });

  it('names what there is when asked for something else', () => {
    expect(() => graphBuilder('magic')).toThrow('expected one of the graph builders correlation, ledoit-wolf, market-residual, found "magic"');
  });
});
