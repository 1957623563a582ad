import { describe, expect, it } from 'vitest';

import { Panel } from '../../src/table/panel.js';
import { panelOver } from '../../src/table/panel-over.js';

describe('a panel over other symbols', () => {
  const panel = new Panel({ symbols: ['B', 'A'], sessions: Int32Array.of(1, 2), columns: { close: Float64Array.of(1, 2, 3, 4), score: Float32Array.of(5, 6, 7, 8) } });

  it('has their rows in their order, and missing values for those it lacks', () => {
    const { NaN: gap } = Number;
    const over = panelOver(['A', 'N', 'B'], panel);
    expect([...over.symbols]).toEqual(['A', 'N', 'B']);
    expect(over.column('close')).toEqual(Float64Array.of(3, 4, gap, gap, 1, 2));
    expect(over.column('score')).toEqual(Float32Array.of(7, 8, gap, gap, 5, 6));
    expect(over.sessions).toBe(panel.sessions);
  });
});
